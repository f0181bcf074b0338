"""The clocks that a regime brings by what happened: of the case itself, and of an Ombudsman that took it up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from services.deadlines.domain.clock import case_history
from services.deadlines.domain.clock.basis import basis_of
from services.deadlines.domain.clock.case_history import Happenings
from services.deadlines.domain.clock.dates import Basis, as_recorded, worked_out
from services.deadlines.domain.clock.given import Given
from services.deadlines.domain.clock.names import RECEIVED, REFUSED, SUPERSEDED
from services.deadlines.domain.clock.planned import Beyond, Planned, identity, none_or_beyond
from services.deadlines.domain.clock.state import Clocks, Run, Span
from shared.rules.regimes.refused import ClockRefused
from shared.rules.regimes.rules import Clock, Regime, Role, Trigger
from shared.rules.regimes.working import Working


def clocks_of_case(state: Clocks, regime: Regime, given: Given) -> Iterator[Planned | Beyond]:
    """Those of the regime that the case goes under."""
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


def clocks_of_referral(
    state: Clocks, regime: Regime, referral: str, given: Given
) -> Iterator[Planned | Beyond]:
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
    basis = basis_of(state, regime, clock, happened)
    if basis is None:
        return None
    met_on = _met_on(regime, clock, happened, basis.base_date)
    if _superseded(regime, clock, happened, met_on):
        met_on, end = None, SUPERSEDED
    run = state.latest(regime.name, clock.name, about)
    paused = _lasting(state, regime, clock)
    if met_on is not None and paused is not None:
        basis = basis_of(state, regime, clock, happened, until=met_on) or basis
    try:
        working = _given_or_counted(basis, run, given)
    except ClockRefused as refused:
        return none_or_beyond(refused, identity(regime.name, clock.name, about))
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


def _given_or_counted(basis: Basis, run: Run | None, given: Given) -> Working:
    if run is None or run.given_due is None:
        return worked_out(basis, given.calendar)
    return as_recorded(
        basis.regime, basis.clock.name, (basis.base_event, basis.base_date), run.given_due, given.calendar
    )


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
