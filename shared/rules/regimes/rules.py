"""What a regime is: stages, clocks, pauses, restarts, extensions, letters, refusals. Pure values, read from data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Final

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo

from shared.rules.regimes.refused import ClockRefused
from shared.rules.regulators import Regulator, on_day
from shared.rules.tables import OneOf, Several, Some, Table, Words


class Kind(StrEnum):
    """What sort of matter the regime is for."""

    COMPLAINT = "complaint"
    INFORMATION_REQUEST = "information-request"
    ENQUIRY = "enquiry"
    OMBUDSMAN = "ombudsman"
    NONE = "none"


class Role(StrEnum):
    """`duty`: owed; `backstop`: owed until the clock that it stands behind starts; `limit`: checked, not owed."""

    DUTY = "duty"
    BACKSTOP = "backstop"
    LIMIT = "limit"

    @property
    def owed(self) -> bool:
        """Whether somebody owes what meets the clock: it has a timer and reminders."""
        return self is not Role.LIMIT


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


ANSWERS: Final = frozenset({LetterKind.RESPONSE, LetterKind.REFUSAL})
"""The letters that answer a stage."""


class Means(StrEnum):
    """How a letter leaves, or what stands in its place is said: `email` from here, anything else by an officer."""

    EMAIL = "email"
    POST = "post"
    PHONE = "phone"
    COUNTER = "counter"


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


def _trigger(text: object) -> object:
    if not isinstance(text, str):
        return text
    stage, _, event = text.rpartition(":")
    return Trigger(event, stage or None)


AsTrigger = Annotated[Trigger, BeforeValidator(_trigger)]


class Reminded(StrEnum):
    """Who gets a reminder."""

    OFFICER = "officer"
    HEAD_OF_SERVICE = "head-of-service"


class Rung(Table):
    """A reminder `offset` working days before (negative) or after the due date."""

    offset: int
    to: OneOf[Reminded]


def _in_order(ladder: tuple[Rung, ...]) -> tuple[Rung, ...]:
    if list(ladder) != sorted(ladder, key=lambda rung: rung.offset):
        raise ValueError("the rungs of a ladder must stand in order")
    return ladder


class Ladders(Table):
    """The ladders of a file, by the names that its clocks have for them."""

    ladders: dict[Words, Annotated[Some[Rung], AfterValidator(_in_order)]]


def _found(what: str) -> BeforeValidator:
    """What goes by a name in the file stands in the context: ladders, regulators."""

    def find(name: object, info: ValidationInfo) -> object:
        known = (info.context or {}).get(what, {})
        if isinstance(name, str) and name not in known:
            raise ValueError(f"there is no {what} {name!r}")
        return known[name] if isinstance(name, str) else name

    return BeforeValidator(find)


class Clock(Table):
    """One time limit of a regime.

    Attributes:
        base: what it counts from. Of several, each later day that is recorded starts the clock anew.
        met_by: what has to happen by the due date; None where the council only needs to know the date.
        length: in the unit of the arithmetic.
        in_force: received earlier, a matter doesn't have this clock.
        given_date: a date named in a letter prevails over the arithmetic, which then is only the default.
        ladder: reminders, empty for limits.
        stands_behind: a backstop's: the clock whose start ends it.
        at_most: the clock whose date is the latest that this one can have, whatever is counted.
    """

    name: Words
    title: Words
    stage: Words
    role: OneOf[Role]
    base: Some[AsTrigger]
    met_by: AsTrigger | None = None
    length: int
    unit: Words
    arithmetic: Words
    citation: Words
    in_force: date | None = None
    given_date: bool = False
    ladder: Annotated[Several[Rung], _found("ladder")] = ()
    stands_behind: Words | None = None
    at_most: Words | None = None


class Pause(Table):
    """A kind of pause: days from `begins` to `ends`, both included, that these clocks don't count.

    Attributes:
        ask_by: the clock by whose date the pause has to begin; None where the law names none.
        end_by: the clock, counted from the first day of the pause, by whose date it has to end, or there was
            none and the request has lapsed; None where the law names none.
        in_force: a matter received earlier has no such pause.
    """

    name: Words
    title: Words
    clocks: Some[Words]
    counts: OneOf[Counts]
    begins: Words
    ends: Words
    citation: Words
    ask_by: Words | None = None
    end_by: Words | None = None
    in_force: date | None = None

    def holds_for(self, received: date) -> bool:
        return self.in_force is None or received >= self.in_force


class Restart(Table):
    """A kind of restart: these clocks begin anew, at full length, on the day of `base`.

    `asked` names the day on which the council asked; `ask_by` the clock by whose date it has to.
    """

    name: Words
    title: Words
    clocks: Some[Words]
    asked: Words
    base: Words
    citation: Words
    ask_by: Words | None = None


class Extension(Table):
    """More time for a clock, in two steps: proposed, then in force when the notice has left in time.

    Attributes:
        ceiling: the clock whose date is the latest that may be given; None where only agreement limits it.
        notice_latest: the clock by whose date, that day included, the customer has to be told.
        guidance_only: the ceiling is guidance, not law (FOIA s.10(3) names none).
    """

    name: Words
    title: Words
    clock: Words
    ceiling: Words | None = None
    notice_latest: Words
    requires: Some[OneOf[Requirement]]
    citation: Words
    letter: Words | None = None
    guidance_only: bool = False


class Stage(Table):
    """A stage of the procedure. `fresh_eyes`: whoever answered the stage before may not answer this one."""

    name: Words
    title: Words
    citation: Words
    next: Words | None = None
    fresh_eyes: bool = False


class ChecklistItem(Table):
    """One thing that a letter has to contain."""

    name: Words
    text: Words


class Letter(Table):
    """A letter of the regime and what it must contain. `demanded`: the regime requires that it is sent.

    `latest` is the clock by whose date it has to leave; None: without a day of its own. `means` are how it may
    leave, where it isn't as any letter of the regime.
    """

    name: Words
    title: Words
    kind: OneOf[LetterKind]
    stage: Words
    citation: Words
    contains: Some[ChecklistItem]
    demanded: bool = False
    latest: Words | None = None
    means: Several[OneOf[Means]] = ()

    @property
    def names_ombudsman(self) -> bool:
        """Whether it has to say whom the customer may turn to outside the council."""
        return any(item.name == "ombudsman" for item in self.contains)


class RefusalGround(Table):
    """A reason for which a matter is refused in a stage, and what that asks of the officer.

    Attributes:
        letter: the notice that tells it; None where no notice is owed (FOIA s.17(6)).
        limit: the clock whose last day must have passed when the matter was received.
        considered: what has to be weighed, and written down, before it is refused on this ground.
    """

    name: Words
    title: Words
    stage: Words
    citation: Words
    letter: Words | None = None
    limit: Words | None = None
    considered: Words | None = None


class BaseDate(Table):
    """A day that only an officer knows, such as when a panel met."""

    name: Words
    title: Words


class BeginsAnew(Table):
    """A matter that goes under a regime of one of these kinds isn't the one that was received: it counts from the day
    on which it became that.
    """

    kinds: Some[OneOf[Kind]]
    citation: Words


class Regime(Table):
    """One version of a statutory or code procedure.

    Attributes:
        version: a case keeps the one that it started under.
        effective_from: the first day on which it is the version for new cases.
        prevails: how it stands to the other regimes.
        without_pause: says, with its source, that nothing else stops a clock here.
        without_clock: why there is no clock to ask for, where the regime has none.
        needs_school: it counts a school's days: a case under it names the school.
        answering_acknowledges: says, with its source, that the answer of a stage is its acknowledgement, too, where
            none had left; None: it isn't.
        begins_anew: under which kinds of regimes a matter that leaves this one counts from a day of its own; None: from
            its receipt, wherever it goes.
        means: how its letters may leave, where one of them doesn't say so itself; none for an Ombudsman's procedure.
        closing_grounds: why a case under it may be closed; none for an Ombudsman's procedure, which the council can't
            close.
        of_every_case: clocks that the council's policy gives to every case.
        ombudsman: whom a customer may turn to outside the council, an Ombudsman or the Commissioner, under each name
            that they have had; none where nobody outside the council decides such matters.
    """

    name: Words = Field(validation_alias="regime")
    title: Words
    kind: OneOf[Kind]
    version: Words
    effective_from: date
    citation: Words
    prevails: Words
    without_pause: Words
    stages: Some[Stage]
    clocks: Several[Clock] = ()
    pauses: Several[Pause] = ()
    restarts: Several[Restart] = ()
    extensions: Several[Extension] = ()
    letters: Several[Letter] = ()
    refusals: Several[RefusalGround] = ()
    base_dates: Several[BaseDate] = ()
    without_clock: Words | None = None
    needs_school: bool = False
    answering_acknowledges: Words | None = None
    begins_anew: BeginsAnew | None = None
    means: Several[OneOf[Means]] = ()
    closing_grounds: Several[Words] = ()
    of_every_case: Several[Clock] = ()
    ombudsman: Annotated[Several[Regulator], _found("regulator")] = ()

    def ombudsman_on(self, day: date) -> Regulator | None:
        """Whom a customer may turn to, by the name and the address of that day."""
        return on_day(self.ombudsman, day)

    def clock(self, name: str) -> Clock:
        """The clock of that name. Raises `ClockRefused` (`unknown-clock`)."""
        for clock in (*self.clocks, *self.of_every_case):
            if clock.name == name:
                return clock
        if self.without_clock:
            raise ClockRefused("unknown-clock", f"{self.name} has no statutory clock", self.without_clock)
        names = ", ".join(clock.name for clock in self.clocks)
        raise ClockRefused(
            "unknown-clock", f"{self.name} has no clock {name!r}; it has {names}", self.citation
        )

    def pause_of(self, clock: str) -> Pause | None:
        return next((pause for pause in self.pauses if clock in pause.clocks), None)

    def restarts_of(self, clock: str) -> tuple[Restart, ...]:
        return tuple(restart for restart in self.restarts if clock in restart.clocks)

    def extension_of(self, clock: str) -> Extension | None:
        return next((extension for extension in self.extensions if extension.clock == clock), None)

    def started_by(self, trigger: Trigger) -> tuple[Clock, ...]:
        """The clocks that this event sets going, or sets going anew."""
        return tuple(clock for clock in self.clocks if trigger in clock.base)

    def met_by(self, trigger: Trigger) -> tuple[Clock, ...]:
        return tuple(clock for clock in self.clocks if clock.met_by == trigger)

    def meets(self, clock: Clock) -> tuple[Trigger, ...]:
        """What meets this clock: what it says itself, and the answer of its stage, where answering acknowledges."""
        if clock.met_by is None:
            return ()
        answers = self.answering_acknowledges is not None and clock.met_by.event == "acknowledged"
        return (clock.met_by, *([Trigger("responded", clock.met_by.stage)] if answers else []))

    def stage(self, name: str) -> Stage | None:
        return next((stage for stage in self.stages if stage.name == name), None)

    def letters_of(self, stage: str) -> tuple[Letter, ...]:
        return tuple(letter for letter in self.letters if letter.stage == stage)

    def letter_of(self, kind: LetterKind, stage: str) -> Letter | None:
        return next((letter for letter in self.letters_of(stage) if letter.kind is kind), None)

    def means_of(self, letter: Letter | None) -> tuple[Means, ...]:
        """How this letter may leave, or one of which the regime says nothing."""
        return (letter.means if letter is not None else ()) or self.means
