"""Pauses: only those that the regime has, and had on the day of receipt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from services.deadlines.domain.clock import facts
from services.deadlines.domain.clock.circumstances import Circumstances
from services.deadlines.domain.clock.commands import Pause, Resume
from services.deadlines.domain.clock.finding import refuse_future, refuse_if_over, regime_of_case
from services.deadlines.domain.clock.state import ClockEvent, Clocks, Run, RunKey
from shared.contracts.deadlines import ClockPaused, ClockRestarted, ClockResumed
from shared.kit.decider import Refused
from shared.rules.regimes import rules
from shared.rules.regimes.due_date import pause_in_force
from shared.rules.regimes.rules import Regime
from shared.rules.regimes.working import long


def paused(command: Pause, state: Clocks) -> tuple[ClockEvent, ...]:
    """The pause begins (and ends, where its end is known already).

    Raises:
        Refused: `not-triaged`, `no-pause`, `pause-not-in-force`, `in-the-future`, `already-paused`, `no-clock`,
            `already-met`, `stopped`, `pause-before-base`, `pause-after-end`, `pause-too-late`, `pause-reversed`.
    """
    regime = regime_of_case(state, command.now)
    rule = _rule(regime, command.pause)
    triaged = facts.triaged(state)
    assert triaged is not None
    pause_in_force(regime, regime.clock(rule.clocks[0]), triaged.on)
    refuse_future(command.on, command.now)
    lasting = state.lasting(regime.name, rule.name)
    if lasting is not None:
        raise Refused("already-paused", f"The clock stands still since {long(lasting.start)}.", rule.citation)
    runs = tuple(_stopped_by(state, regime, rule, command.on))
    _refuse_asked_late(state, regime, rule, command.on)
    clocks = tuple(run.clock for run in runs)
    begun = ClockPaused(
        regime=regime.name,
        kind=rule.name,
        paused_on=command.on,
        clocks=clocks,
        citation=rule.citation,
        reason=command.reason,
    )
    if command.until is None:
        return (begun,)
    refuse_future(command.until, command.now)
    return (begun, _ended(regime, rule, command.on, command.until, clocks))


def resumed(command: Resume, state: Clocks) -> tuple[ClockEvent, ...]:
    """The pause ends; or the council goes on without what it had asked for, and the clock as if it never had.

    Raises:
        Refused: `not-triaged`, `no-pause`, `not-paused`, `in-the-future`, `pause-reversed`.
    """
    regime = regime_of_case(state, command.now)
    rule = _ending(regime, command.pause)
    lasting = state.lasting(regime.name, rule.name)
    if lasting is None:
        raise Refused("not-paused", f"No pause of the kind {rule.name} lasts.", rule.citation)
    refuse_future(command.on, command.now)
    return (_ended(regime, rule, lasting.start, command.on, _standing_still(state, regime, rule)),)


def without_rule(state: Clocks, now: Circumstances) -> Iterator[ClockResumed]:
    """The end of pauses that last, and that the matter hasn't by the day on which it was really received."""
    triaged = facts.triaged(state)
    if triaged is None:
        return
    regime = regime_of_case(state, now)
    for rule in regime.pauses:
        lasting = None if rule.holds_for(triaged.on) else state.lasting(regime.name, rule.name)
        if lasting is not None:
            yield _ended(
                regime,
                rule,
                lasting.start,
                max(lasting.start, now.today),
                _standing_still(state, regime, rule),
            )


def running_again(told: Iterable[ClockEvent], state: Clocks) -> frozenset[RunKey]:
    """The runs that the end of a pause, or of a wait, in `told` sets going again."""
    found = set()
    for event in told:
        if isinstance(event, ClockResumed | ClockRestarted):
            runs = [run for clock in event.clocks if (run := state.latest(event.regime, clock, ""))]
            ended = isinstance(event, ClockResumed)
            found |= {run.key for run in runs if ended or run.paused_on is not None}
    return frozenset(found)


def _standing_still(state: Clocks, regime: Regime, rule: rules.Pause | rules.Restart) -> tuple[str, ...]:
    runs = (state.latest(regime.name, clock, "") for clock in rule.clocks)
    return tuple(run.clock for run in runs if run is not None and run.paused_on is not None)


def _rule(regime: Regime, kind: str) -> rules.Pause:
    for rule in regime.pauses:
        if rule.name == kind:
            return rule
    has = ", ".join(rule.name for rule in regime.pauses)
    raise Refused(
        "no-pause",
        f"{regime.title} has no pause {kind!r}: "
        + (f"it has {has}." if has else "nothing stops its clocks."),
        regime.without_pause,
    )


def _ending(regime: Regime, kind: str) -> rules.Pause | rules.Restart:
    """What lasted: a pause, or the wait for what would have started the clock anew."""
    return next((rule for rule in regime.restarts if rule.name == kind), None) or _rule(regime, kind)


def _stopped_by(state: Clocks, regime: Regime, rule: rules.Pause, on: date) -> Iterator[Run]:
    """The runs that a pause from `on` stops. Raises `Refused` where there is none."""
    started = [run for clock in rule.clocks if (run := state.latest(regime.name, clock, ""))]
    if not started:
        raise Refused("no-clock", "None of the clocks that this pause stops has started.", rule.citation)
    found = [run for run in started if run.stopped is None and not (run.met_on and run.met_on < on)]
    if not found:
        refuse_if_over(started[0])
    running = [run for run in found if run.base_date <= on]
    if not running:
        raise Refused(
            "pause-before-base", f"The clock only runs since {long(found[0].base_date)}.", rule.citation
        )
    in_time = [run for run in running if on <= run.due_on]
    if not any(rules.Role(run.role).owed for run in in_time):
        raise Refused(
            "pause-after-end",
            f"The clock had run out by {long(on)}: {running[0].clock} was due on {long(running[0].due_on)}.",
            rule.citation,
        )
    return iter(in_time)


def _refuse_asked_late(state: Clocks, regime: Regime, rule: rules.Pause, on: date) -> None:
    asked_by = None if rule.ask_by is None else state.latest(regime.name, rule.ask_by, "")
    if asked_by is not None and on > asked_by.due_on:
        raise Refused(
            "pause-too-late", f"It had to begin by {long(asked_by.due_on)} ({asked_by.clock}).", rule.citation
        )


def _ended(
    regime: Regime, rule: rules.Pause | rules.Restart, start: date, end: date, clocks: tuple[str, ...]
) -> ClockResumed:
    if end < start:
        raise Refused(
            "pause-reversed", f"A pause that began on {long(start)} can't end on {long(end)}.", rule.citation
        )
    return ClockResumed(regime=regime.name, kind=rule.name, paused_on=start, resumed_on=end, clocks=clocks)
