"""What a regime is: stages, clocks, pauses, restarts, extensions, letters, refusals. Pure values, read from data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shared.rules.regimes.refused import ClockRefused


class Kind(StrEnum):
    """What sort of matter the regime is for."""

    COMPLAINT = "complaint"
    INFORMATION_REQUEST = "information-request"
    ENQUIRY = "enquiry"
    OMBUDSMAN = "ombudsman"
    NONE = "none"


class Role(StrEnum):
    """`duty`: a timer and reminders; `backstop`: shown; `limit`: checked, no timer."""

    DUTY = "duty"
    BACKSTOP = "backstop"
    LIMIT = "limit"


class Counts(StrEnum):
    """What a pause takes out: working days that aren't counted, or calendar days added before the roll."""

    WORKING_DAYS = "working-days"
    CALENDAR_DAYS = "calendar-days"


class Requirement(StrEnum):
    """What an extension needs besides a new date."""

    REASON = "reason"
    NOTICE = "notice"
    OMBUDSMAN_DETAILS = "ombudsman-details"
    AGREEMENT = "agreement"


class LetterKind(StrEnum):
    """What a letter is for."""

    ACKNOWLEDGEMENT = "acknowledgement"
    RESPONSE = "response"
    DELAY_NOTICE = "delay-notice"
    REFUSAL = "refusal"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Trigger:
    """What sets a clock going or meets it: an event of a stage, such as `stage1:acknowledged`, or a recorded day.

    Without a stage it is `received`, or a name that the regime gives under `base_dates`, `pauses` or `restarts`.
    """

    event: str
    stage: str | None = None

    def __str__(self) -> str:
        return self.event if self.stage is None else f"{self.stage}:{self.event}"

    @property
    def words(self) -> str:
        """For people: `stage1 acknowledged`."""
        return str(self).replace(":", " ").replace("-", " ")


@dataclass(frozen=True, slots=True)
class Rung:
    """A reminder `offset` working days before (negative) or after the due date, to the officer or their head."""

    offset: int
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One time limit of a regime.

    Attributes:
        base: what it counts from. Of several, each later day that is recorded starts the clock anew.
        met_by: what has to happen by the due date; None where the council only needs to know the date.
        length: in the unit of the arithmetic.
        in_force: received earlier, a matter doesn't have this clock.
        given_date: a date named in a letter prevails over the arithmetic, which then is only the default.
        ladder: reminders, empty for all but duties.
    """

    name: str
    title: str
    stage: str
    role: Role
    base: tuple[Trigger, ...]
    met_by: Trigger | None
    length: int
    arithmetic: str
    citation: str
    in_force: date | None = None
    given_date: bool = False
    ladder: tuple[Rung, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """A kind of pause: days from `begins` to `ends`, both included, that these clocks don't count.

    Attributes:
        ask_by: the clock by whose date the pause has to begin; None where the law names none.
        end_by: the clock, counted from the first day of the pause, by whose date it has to end, or there was
            none and the request has lapsed; None where the law names none.
        in_force: a matter received earlier has no such pause.
    """

    name: str
    title: str
    clocks: tuple[str, ...]
    counts: Counts
    begins: str
    ends: str
    citation: str
    ask_by: str | None = None
    end_by: str | None = None
    in_force: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Restart:
    """A kind of restart: these clocks begin anew, at full length, on the day of `base`.

    `asked` names the day on which the council asked; `ask_by` the clock by whose date it has to.
    """

    name: str
    title: str
    clocks: tuple[str, ...]
    asked: str
    base: str
    citation: str
    ask_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """More time for a clock, in two steps: proposed, then in force when the notice has left in time.

    Attributes:
        ceiling: the clock whose date is the latest that may be given; None where only agreement limits it.
        notice_latest: the clock by whose date, that day included, the customer has to be told.
        guidance_only: the ceiling is guidance, not law (FOIA s.10(3) names none).
    """

    name: str
    title: str
    clock: str
    ceiling: str | None
    notice_latest: str
    requires: tuple[Requirement, ...]
    citation: str
    letter: str | None = None
    guidance_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A stage of the procedure. `fresh_eyes`: whoever answered the stage before may not answer this one."""

    name: str
    title: str
    citation: str
    next: str | None = None
    fresh_eyes: bool = False


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One thing that a letter has to contain."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter of the regime and what it must contain. `demanded`: the regime requires that it is sent.

    `latest` is the clock by whose date it has to leave; None: without a day of its own.
    """

    name: str
    title: str
    kind: LetterKind
    stage: str
    citation: str
    contains: tuple[ChecklistItem, ...]
    demanded: bool = False
    latest: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalGround:
    """A reason for which a matter is refused in a stage, and what that asks of the officer.

    Attributes:
        letter: the notice that tells it; None where no notice is owed (FOIA s.17(6)).
        limit: the clock whose last day must have passed when the matter was received.
        considered: what has to be weighed, and written down, before it is refused on this ground.
    """

    name: str
    title: str
    stage: str
    citation: str
    letter: str | None = None
    limit: str | None = None
    considered: str | None = None


@dataclass(frozen=True, slots=True)
class BaseDate:
    """A day that only an officer knows, such as when a panel met."""

    name: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Regime:
    """One version of a statutory or code procedure.

    Attributes:
        version: a case keeps the one that it started under.
        effective_from: the first day on which it is the version for new cases.
        prevails: how it stands to the other regimes.
        without_pause: says, with its source, that nothing else stops a clock here.
        without_clock: why there is no clock to ask for, where the regime has none.
        ombudsman: who may be asked about a refusal, by its full name; None where nothing is refused.
    """

    name: str
    title: str
    kind: Kind
    version: str
    effective_from: date
    citation: str
    prevails: str
    without_pause: str
    stages: tuple[Stage, ...]
    clocks: tuple[Clock, ...]
    pauses: tuple[Pause, ...] = ()
    restarts: tuple[Restart, ...] = ()
    extensions: tuple[Extension, ...] = ()
    letters: tuple[Letter, ...] = ()
    refusals: tuple[RefusalGround, ...] = ()
    base_dates: tuple[BaseDate, ...] = ()
    without_clock: str | None = None
    ombudsman: str | None = None

    def clock(self, name: str) -> Clock:
        """The clock of that name. Raises `ClockRefused` (`unknown-clock`)."""
        for clock in self.clocks:
            if clock.name == name:
                return clock
        if self.without_clock:
            raise ClockRefused("unknown-clock", f"{self.name} has no statutory clock", self.without_clock)
        names = ", ".join(clock.name for clock in self.clocks)
        raise ClockRefused(
            "unknown-clock", f"{self.name} has no clock {name!r}; it has {names}", self.citation
        )

    def pause_of(self, clock: str) -> Pause | None:
        """The one kind of pause that this clock can have."""
        return next((pause for pause in self.pauses if clock in pause.clocks), None)

    def restarts_of(self, clock: str) -> tuple[Restart, ...]:
        """What can start this clock anew."""
        return tuple(restart for restart in self.restarts if clock in restart.clocks)

    def extension_of(self, clock: str) -> Extension | None:
        """How this clock can be given more time, if it can."""
        return next((extension for extension in self.extensions if extension.clock == clock), None)

    def started_by(self, trigger: Trigger) -> tuple[Clock, ...]:
        """The clocks that this event sets going, or sets going anew."""
        return tuple(clock for clock in self.clocks if trigger in clock.base)

    def met_by(self, trigger: Trigger) -> tuple[Clock, ...]:
        """The clocks that this event meets."""
        return tuple(clock for clock in self.clocks if clock.met_by == trigger)

    def stage(self, name: str) -> Stage | None:
        """The stage of that name, None where there is none."""
        return next((stage for stage in self.stages if stage.name == name), None)

    def letters_of(self, stage: str) -> tuple[Letter, ...]:
        """The letters of a stage."""
        return tuple(letter for letter in self.letters if letter.stage == stage)
