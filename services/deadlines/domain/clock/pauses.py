"""Standing still and going on, as pauses and waits of every kind have it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from services.deadlines.domain.clock import case_history
from services.deadlines.domain.clock.checks import regime_of_case
from services.deadlines.domain.clock.given import Given
from services.deadlines.domain.clock.state import Clocks, RunKey
from shared.contracts.deadlines import ClockEvent, ClockRestarted, ClockResumed
from shared.kit.decider import Refused
from shared.rules.regimes.rules import Pause, Regime, Restart
from shared.rules.regimes.working import long


def pause_of_kind(regime: Regime, kind: str) -> Pause:
    """The regime's pause of that kind. Raises `Refused` (`no-pause`)."""
    rules = pause_rules(regime)
    for rule in rules:
        if rule.name == kind:
            return rule
    has = ", ".join(rule.name for rule in rules)
    raise Refused("no-pause", f"{regime.title} has no pause {kind!r}: it has {has}.", regime.without_pause)


def pause_rules(regime: Regime) -> tuple[Pause, ...]:
    """The pauses of the regime, one at least. Raises `Refused` (`no-pause`)."""
    if not regime.pauses:
        raise Refused("no-pause", f"{regime.title}: nothing stops its clocks.", regime.without_pause)
    return regime.pauses


def ended(
    regime: Regime, rule: Pause | Restart, start: date, end: date, clocks: tuple[str, ...]
) -> ClockResumed:
    """A pause of that kind ended. Raises `Refused` (`pause-reversed`)."""
    if end < start:
        raise Refused(
            "pause-reversed", f"A pause that began on {long(start)} can't end on {long(end)}.", rule.citation
        )
    return ClockResumed(regime=regime.name, kind=rule.name, paused_on=start, resumed_on=end, clocks=clocks)


def standing_still(state: Clocks, regime: Regime, rule: Pause | Restart) -> tuple[str, ...]:
    """The clocks of that rule that stand still."""
    runs = (state.latest(regime.name, clock, "") for clock in rule.clocks)
    return tuple(run.clock for run in runs if run is not None and run.paused_on is not None)


def without_rule(state: Clocks, given: Given) -> Iterator[ClockResumed]:
    """The end of pauses that last, and that the matter hasn't by the day on which it was really received."""
    triaged = case_history.triaged(state)
    if triaged is None:
        return
    regime = regime_of_case(state, given)
    for rule in regime.pauses:
        lasting = None if rule.holds_for(triaged.on) else state.lasting(regime.name, rule.name)
        if lasting is not None:
            end = max(lasting.start, given.today)
            yield ended(regime, rule, lasting.start, end, standing_still(state, regime, rule))


def running_again(told: Iterable[ClockEvent], state: Clocks) -> frozenset[RunKey]:
    """The runs that the end of a pause, or of a wait, in `told` sets going again."""
    found = set()
    for event in told:
        if isinstance(event, ClockResumed | ClockRestarted):
            runs = [run for clock in event.clocks if (run := state.latest(event.regime, clock, ""))]
            by_its_end = isinstance(event, ClockResumed)
            found |= {run.key for run in runs if by_its_end or run.paused_on is not None}
    return frozenset(found)
