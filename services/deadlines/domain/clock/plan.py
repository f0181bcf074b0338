"""Which clocks a case ought to have, by everything that is known: the same, in whatever order it was heard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.deadlines.domain.clock import contribution, facts
from services.deadlines.domain.clock.circumstances import Circumstances
from services.deadlines.domain.clock.dates import Basis, pauses_of, worked_out
from services.deadlines.domain.clock.facts import Asked, Happenings
from services.deadlines.domain.clock.names import (
    ACKNOWLEDGED,
    CONTRIBUTION,
    RECEIVED,
    REFUSED,
    RESPONDED,
    SUPERSEDED,
)
from services.deadlines.domain.clock.state import Clocks, Proposal, Run, Span
from shared.rules.regimes.due_date import given
from shared.rules.regimes.refused import ClockRefused
from shared.rules.regimes.rules import Clock, Regime, Role, Trigger
from shared.rules.regimes.working import Working, long

_NOT_IN_FORCE = "not-in-force"
_OUTSIDE = "outside-calendar"


class UnknownRegime(LookupError):
    """A case goes under a regime that this program doesn't have: an older release runs beside a newer one."""


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
    """A clock whose date lies beyond the calendar: none is guessed, and one that it has stays."""

    identity: Identity
    refused: ClockRefused


def plan(state: Clocks, now: Circumstances) -> tuple[Planned | Beyond, ...]:
    """Every clock that the facts, pauses, restarts and extensions lead to. Raises `UnknownRegime`."""
    planned: list[Planned | Beyond] = []
    triaged = facts.triaged(state)
    if triaged is not None:
        planned += _of_case(state, regime_of(now, triaged.regime, triaged.regime_version), now)
    for referral in facts.referrals(state):
        regime = regime_of(now, referral.regime, referral.regime_version)
        planned += _of_referral(state, regime, referral.about, now)
    planned += [clock for asked in facts.asked(state) if (clock := _asked(state, asked, now)) is not None]
    return tuple(planned)


def regime_of(now: Circumstances, name: str, version: str) -> Regime:
    """The version of a regime that a fact names. Raises `UnknownRegime`."""
    try:
        return now.regimes.version(name, version)
    except ClockRefused as refused:
        raise UnknownRegime(refused.title) from refused


def basis_of(state: Clocks, regime: Regime, clock: Clock) -> Basis | None:
    """What a clock of the case's own regime counts from; none where nothing has set it going."""
    return _basis(state, regime, clock, facts.happenings(state, regime))


def _of_case(state: Clocks, regime: Regime, now: Circumstances) -> Iterator[Planned | Beyond]:
    happened = facts.happenings(state, regime)
    end = facts.ended(state)
    skipped, refused = _skipped_stages(state, regime), facts.refused(state)
    for clock in regime.clocks:
        if clock.stage in skipped and clock.base == (Trigger(RECEIVED),):
            continue
        over = REFUSED if clock.role.owed and clock.stage in refused else None
        planned = _regime_clock(state, regime, clock, happened, now, end=end or over)
        if planned is not None:
            yield planned


def _of_referral(
    state: Clocks, regime: Regime, referral: str, now: Circumstances
) -> Iterator[Planned | Beyond]:
    """The Ombudsman's clocks that count from recorded days; its letters' clocks are asked for one by one."""
    happened = facts.happenings(state, regime)
    lettered = {ask.fact.clock for ask in facts.asked(state) if ask.fact.about.startswith(f"{referral}:")}
    for clock in regime.clocks:
        if clock.name in lettered:
            continue
        planned = _regime_clock(state, regime, clock, happened, now, about=referral)
        if planned is not None:
            yield planned


def _regime_clock(
    state: Clocks,
    regime: Regime,
    clock: Clock,
    happened: Happenings,
    now: Circumstances,
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
        working = _given_or_counted(basis, run, now)
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
    """No clock: its rule wasn't in force, or the calendar doesn't reach so far."""
    if refused.code == _OUTSIDE:
        return Beyond(which, refused)
    if refused.code == _NOT_IN_FORCE:
        return None
    raise refused


def _given_or_counted(basis: Basis, run: Run | None, now: Circumstances) -> Working:
    if run is not None and run.given_due is not None:
        return given(
            basis.regime,
            basis.clock.name,
            basis.base_date,
            run.given_due,
            note=f"An officer recorded {long(run.given_due)} as the date that was given.",
            calendar=now.calendar,
            base_event=basis.base_event,
        )
    return worked_out(basis, now.calendar)


def _basis(
    state: Clocks, regime: Regime, clock: Clock, happened: Happenings, until: date | None = None
) -> Basis | None:
    dated = [(day, str(trigger)) for trigger in clock.base if (day := happened.prevailing(trigger))]
    if not dated:
        return None
    base_date, base_event = max(dated, key=lambda found: found[0])
    triaged = facts.triaged(state)
    return Basis(
        regime=regime,
        clock=clock,
        base_event=base_event,
        base_date=base_date,
        received_on=base_date if triaged is None or triaged.regime != regime.name else triaged.on,
        spans=pauses_of(state.spans, regime, clock.name, until),
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
    if clock.met_by is None:
        return None
    days = happened.days(clock.met_by)
    if regime.answering_acknowledges is not None and clock.met_by.event == ACKNOWLEDGED:
        days += happened.days(Trigger(RESPONDED, clock.met_by.stage))
    bases = [day for trigger in clock.base if (day := happened.prevailing(trigger))]
    recorded_day = clock.base[0].stage is None and str(clock.base[0]) != RECEIVED
    anew = len(bases) > 1 or recorded_day
    if anew and clock.role is not Role.LIMIT:
        days = tuple(day for day in days if day >= base_date)
    return min(days, default=None)


def _lasting(state: Clocks, regime: Regime, clock: Clock) -> Span | None:
    """The pause that lasts, or the wait for what would start the clock anew."""
    rule = regime.pause_of(clock.name)
    awaited = [restart.name for restart in regime.restarts_of(clock.name)]
    return state.lasting(regime.name, *awaited, *([rule.name] if rule is not None else []))


def _skipped_stages(state: Clocks, regime: Regime) -> Sequence[str]:
    """The stages before the one that the case was triaged into."""
    triaged = facts.triaged(state)
    names = [stage.name for stage in regime.stages]
    return names[: names.index(triaged.stage)] if triaged is not None and triaged.stage in names else ()


def _asked(state: Clocks, asked: Asked, now: Circumstances) -> Planned | Beyond | None:
    ask = asked.fact
    end = asked.ended
    triaged = facts.triaged(state)
    if ask.clock == CONTRIBUTION:
        if (
            triaged is None
        ):  # heard of before the triage: it starts under the case's regime, and never under none
            return None
        regime, version, stage = triaged.regime, triaged.regime_version, triaged.stage
        role = contribution.CLOCK.role
        due_on = _changed(state, ask.clock, ask.about) or ask.due_on or ask.on
        working = contribution.working(regime, version, ask.on, due_on, now.calendar)
        end = end or facts.ended(state)
    else:
        rules = regime_of(now, ask.regime, ask.regime_version)
        regime, version, clock = rules.name, rules.version, rules.clock(ask.clock)
        stage, role = clock.stage, clock.role
        named = _changed(state, ask.clock, ask.about) or ask.due_on
        try:
            working = _letter_date(rules, clock, ask.on, named, now)
        except ClockRefused as refused:
            return _none(refused, identity(regime, ask.clock, ask.about))
    return Planned(
        regime=regime,
        regime_version=version,
        clock=ask.clock,
        about=ask.about,
        number=ask.number,
        stage=stage,
        role=role,
        working=working,
        given=working.length == 0,
        department_id=ask.department_id,
        met_on=asked.answered_on,
        end=end if asked.answered_on is None else None,
    )


def _letter_date(
    regime: Regime, clock: Clock, letter_on: date, named: date | None, now: Circumstances
) -> Working:
    """The date in the letter prevails; without one, the usual time from the letter's date."""
    if named is None:
        event = str(clock.base[0])
        basis = Basis(
            regime=regime, clock=clock, base_event=event, base_date=letter_on, received_on=letter_on
        )
        return worked_out(basis, now.calendar)
    return given(
        regime, clock.name, letter_on, named, note=f"The letter names {long(named)}.", calendar=now.calendar
    )


def _changed(state: Clocks, clock: str, about: str) -> date | None:
    """The date that an officer changed it to after it was given."""
    runs = [run for run in state.runs.values() if (run.clock, run.about) == (clock, about)]
    last = max(runs, key=lambda run: run.occurrence, default=None)
    return None if last is None else last.given_due
