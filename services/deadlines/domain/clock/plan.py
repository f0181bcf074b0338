"""Which clocks a case ought to have, by everything that is known: the same, in whatever order it was heard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.deadlines.domain.clock import case_history
from services.deadlines.domain.clock.case_history import AwaitedAnswer, Happenings
from services.deadlines.domain.clock.dates import Basis, as_recorded, pauses_of, worked_out
from services.deadlines.domain.clock.given import Given
from services.deadlines.domain.clock.names import (
    RECEIVED,
    REFUSED,
    SUPERSEDED,
)
from services.deadlines.domain.clock.state import Clocks, Proposal, Run, Span
from shared.contracts.deadlines import FactNoted
from shared.rules.regimes import due_date
from shared.rules.regimes.refused import NO_SUCH_SCHOOL, NO_TERM_DATES, OUTSIDE_CALENDAR, ClockRefused
from shared.rules.regimes.rules import Clock, Regime, Role, Trigger
from shared.rules.regimes.working import Working, long

_NOT_IN_FORCE = "not-in-force"


class UnknownRegime(LookupError):
    """A case goes under a regime that this program doesn't have: an older release runs beside a newer one."""


class UnknownSchool(LookupError):
    """A case is about a school of which this process knows nothing: its file is missing here."""


Identity = tuple[str, str, str]


def identity(regime: str, clock: str, about: str) -> Identity:
    """What tells a clock from the others of a case: what it is about, or else its regime."""
    return ("" if about else regime, clock, about)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A clock that ought to be there.

    Attributes:
        number: its occurrence, where that is given.
        met_on: what it waits for happened that day.
        paused: the pause that lasts, if one does; what met the clock meanwhile is never late.
        end: why it stops, where the case or the matter ended, or the clock that it stands behind started, before
            anything met it.
    """

    regime: str
    regime_version: str
    clock: str
    about: str = ""
    number: int | None = None
    stage: str
    role: Role
    working: Working
    given: bool = False
    department_id: UUID | None = None
    met_on: date | None = None
    paused: Span | None = None
    end: str | None = None

    @property
    def late(self) -> bool:
        """Whether what met it came after its date."""
        waited = self.paused is not None and self.paused.start <= self.working.due
        return self.met_on is not None and self.met_on > self.working.due and not waited

    @property
    def identity(self) -> Identity:
        """Which run of a case it is, however often it ran."""
        return identity(self.regime, self.clock, self.about)


@dataclass(frozen=True, slots=True)
class Beyond:
    """A clock whose date lies beyond the calendar or the school's terms: none is guessed, and one that it has stays."""

    identity: Identity
    refused: ClockRefused


def plan(state: Clocks, given: Given) -> tuple[Planned | Beyond, ...]:
    """Every clock that the facts, pauses, restarts and extensions lead to. Raises `UnknownRegime`."""
    planned: list[Planned | Beyond] = []
    triaged = case_history.triaged(state)
    if triaged is not None:
        planned += _of_case(state, regime_of(given, triaged.regime, triaged.regime_version), given)
    for referral in case_history.referrals(state):
        regime = regime_of(given, referral.regime, referral.regime_version)
        planned += _of_referral(state, regime, referral.about, given)
    planned += [
        clock for asked in case_history.asked(state) if (clock := _asked(state, asked, given)) is not None
    ]
    return tuple(planned)


def refuse_unknown_days(before: Clocks, after: Clocks, given: Given) -> None:
    """Raises `ClockRefused` (`no-term-dates`) where a clock would come to lie beyond what is known of the terms."""
    known = {clock.identity for clock in plan(before, given) if isinstance(clock, Beyond)}
    for clock in plan(after, given):
        if isinstance(clock, Beyond) and clock.identity not in known and clock.refused.code == NO_TERM_DATES:
            raise clock.refused


def regime_of(given: Given, name: str, version: str) -> Regime:
    """The version of a regime that a fact names. Raises `UnknownRegime`."""
    try:
        return given.regimes.version(name, version)
    except ClockRefused as refused:
        raise UnknownRegime(refused.title) from refused


def basis_of(state: Clocks, regime: Regime, clock: Clock) -> Basis | None:
    """What a clock of the case's own regime counts from; none where nothing has set it going."""
    return _basis(state, regime, clock, case_history.happenings(state, regime))


def _of_case(state: Clocks, regime: Regime, given: Given) -> Iterator[Planned | Beyond]:
    happened = case_history.happenings(state, regime)
    end = case_history.ended(state)
    skipped, refused = _skipped_stages(state, regime), case_history.refused(state)
    for clock in regime.clocks:
        if clock.stage in skipped and clock.base == (Trigger(RECEIVED),):
            continue
        over = REFUSED if clock.role.owed and clock.stage in refused else None
        planned = _regime_clock(state, regime, clock, happened, given, end=end or over)
        if planned is not None:
            yield planned


def _of_referral(state: Clocks, regime: Regime, referral: str, given: Given) -> Iterator[Planned | Beyond]:
    """The Ombudsman's clocks that count from recorded days; its letters' clocks are asked for one by one."""
    happened = case_history.happenings(state, regime)
    lettered = {
        ask.fact.clock for ask in case_history.asked(state) if ask.fact.about.startswith(f"{referral}:")
    }
    for clock in regime.clocks:
        if clock.name in lettered:
            continue
        planned = _regime_clock(state, regime, clock, happened, given, about=referral)
        if planned is not None:
            yield planned


def _regime_clock(
    state: Clocks,
    regime: Regime,
    clock: Clock,
    happened: Happenings,
    given: Given,
    *,
    end: str | None = None,
    about: str = "",
) -> Planned | Beyond | None:
    basis = _basis(state, regime, clock, happened)
    if basis is None:
        return None
    met_on = _met_on(regime, clock, happened, basis.base_date)
    if _superseded(regime, clock, happened, met_on):
        met_on, end = None, SUPERSEDED
    run = state.latest(regime.name, clock.name, about)
    paused = _lasting(state, regime, clock)
    if met_on is not None and paused is not None:
        basis = _basis(state, regime, clock, happened, until=met_on) or basis
    try:
        working = _given_or_counted(basis, run, given)
    except ClockRefused as refused:
        return _none(refused, identity(regime.name, clock.name, about))
    return Planned(
        regime=regime.name,
        regime_version=regime.version,
        clock=clock.name,
        about=about,
        stage=clock.stage,
        role=clock.role,
        working=working,
        given=run is not None and run.given_due is not None,
        met_on=met_on,
        paused=paused,
        end=end if met_on is None else None,
    )


def _none(refused: ClockRefused, which: Identity) -> Beyond | None:
    """No clock: its rule wasn't in force, or the calendar, or what is known of the school's terms, ends before.

    Raises `UnknownSchool`.
    """
    if refused.code in {OUTSIDE_CALENDAR, NO_TERM_DATES}:
        return Beyond(which, refused)
    if refused.code == NO_SUCH_SCHOOL:
        raise UnknownSchool(refused.title) from refused
    if refused.code == _NOT_IN_FORCE:
        return None
    raise refused


def _given_or_counted(basis: Basis, run: Run | None, given: Given) -> Working:
    if run is None or run.given_due is None:
        return worked_out(basis, given.calendar)
    return as_recorded(
        basis.regime, basis.clock.name, (basis.base_event, basis.base_date), run.given_due, given.calendar
    )


def _basis(
    state: Clocks, regime: Regime, clock: Clock, happened: Happenings, until: date | None = None
) -> Basis | None:
    dated = [(day, str(trigger)) for trigger in clock.base if (day := happened.prevailing(trigger))]
    if not dated:
        return None
    base_date, base_event = max(dated, key=lambda found: found[0])
    triaged = case_history.triaged(state)
    own = triaged is not None and triaged.regime == regime.name
    received_on = triaged.on if triaged is not None and own else base_date
    return Basis(
        regime=regime,
        clock=clock,
        base_event=base_event,
        base_date=base_date,
        received_on=received_on,
        school=triaged.school if triaged is not None and own else None,
        spans=pauses_of(state.spans, regime, clock.name, received_on=received_on, until=until),
        extension=_extension(state, regime, clock, base_date),
    )


def _extension(state: Clocks, regime: Regime, clock: Clock, base_date: date) -> Proposal | None:
    """The extension that holds: one whose notice left before the clock was started anew holds no more."""
    runs = {run.key for run in state.runs.values() if (run.regime, run.clock) == (regime.name, clock.name)}
    held = [
        proposal
        for proposal in state.proposals
        if (proposal.clock, proposal.occurrence) in runs
        and proposal.notice_sent_on is not None
        and proposal.notice_sent_on >= base_date
    ]
    return max(held, key=lambda proposal: (proposal.new_due_on, proposal.number), default=None)


def _superseded(regime: Regime, clock: Clock, happened: Happenings, met_on: date | None) -> bool:
    """Whether the clock that this backstop stands behind had started before anything met it."""
    if clock.stands_behind is None:
        return False
    starts = [day for trigger in regime.clock(clock.stands_behind).base for day in happened.days(trigger)]
    return bool(starts) and (met_on is None or min(starts) <= met_on)


def _met_on(regime: Regime, clock: Clock, happened: Happenings, base_date: date) -> date | None:
    """The first day on which what the clock waits for happened.

    Where the clock can be started anew, what happened before the new start doesn't meet it; where it counts from one
    day only, it does: an answer that left before its acknowledgement is an answer.
    """
    days = [day for trigger in regime.meets(clock) for day in happened.days(trigger)]
    bases = [day for trigger in clock.base if (day := happened.prevailing(trigger))]
    recorded_day = clock.base[0].stage is None and str(clock.base[0]) != RECEIVED
    anew = len(bases) > 1 or recorded_day
    if anew and clock.role is not Role.LIMIT:
        days = [day for day in days if day >= base_date]
    return min(days, default=None)


def _lasting(state: Clocks, regime: Regime, clock: Clock) -> Span | None:
    """The pause that lasts, or the wait for what would start the clock anew."""
    rule = regime.pause_of(clock.name)
    awaited = [restart.name for restart in regime.restarts_of(clock.name)]
    return state.lasting(regime.name, *awaited, *([rule.name] if rule is not None else []))


def _skipped_stages(state: Clocks, regime: Regime) -> Sequence[str]:
    """The stages before the one that the case was triaged into."""
    triaged = case_history.triaged(state)
    names = [stage.name for stage in regime.stages]
    return names[: names.index(triaged.stage)] if triaged is not None and triaged.stage in names else ()


def _asked(state: Clocks, asked: AwaitedAnswer, given: Given) -> Planned | Beyond | None:
    ask = asked.fact
    under = ask if ask.regime else case_history.triaged(state)
    if under is None:  # heard of before the triage: it starts under the case's regime, and never under none
        return None
    rules = regime_of(given, under.regime, under.regime_version)
    clock = rules.clock(ask.clock)
    try:
        working = _asked_date(rules, clock, ask, _changed(state, ask.clock, ask.about) or ask.due_on, given)
    except ClockRefused as refused:
        return _none(refused, identity(rules.name, ask.clock, ask.about))
    end = asked.ended or (None if ask.regime else case_history.ended(state))
    return Planned(
        regime=rules.name,
        regime_version=rules.version,
        clock=ask.clock,
        about=ask.about,
        number=ask.number,
        stage=clock.stage if ask.regime else under.stage,
        role=clock.role,
        working=working,
        given=working.length == 0,
        department_id=ask.department_id,
        met_on=asked.answered_on,
        end=end if asked.answered_on is None else None,
    )


def _asked_date(regime: Regime, clock: Clock, ask: FactNoted, named: date | None, given: Given) -> Working:
    """The date that whoever asks has named prevails; without one, the usual time from the day of asking."""
    event = str(clock.base[0])
    if named is None:
        basis = Basis(regime=regime, clock=clock, base_event=event, base_date=ask.on, received_on=ask.on)
        return worked_out(basis, given.calendar)
    who = "letter" if ask.regime else "officer who asked"
    note = f"The {who} names {long(named)}."
    return due_date.given(
        regime, clock.name, ask.on, named, note=note, calendar=given.calendar, base_event=event
    )


def _changed(state: Clocks, clock: str, about: str) -> date | None:
    """The date that an officer changed it to after it was given."""
    runs = [run for run in state.runs.values() if (run.clock, run.about) == (clock, about)]
    last = max(runs, key=lambda run: run.occurrence, default=None)
    return None if last is None else last.given_due
