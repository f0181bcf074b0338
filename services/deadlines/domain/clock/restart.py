"""Starting clocks anew: clarification of a request, particulars, proof of identity, a fee."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from services.deadlines.domain.clock import case_history
from services.deadlines.domain.clock.checks import (
    reason_of,
    refuse_future,
    refuse_if_over,
    regime_of_case,
)
from services.deadlines.domain.clock.command import Events, OfficerCommand
from services.deadlines.domain.clock.given import Given
from services.deadlines.domain.clock.names import MovedBy
from services.deadlines.domain.clock.new_dates import with_new_dates
from services.deadlines.domain.clock.pauses import ended
from services.deadlines.domain.clock.state import Clocks, Span
from shared.contracts.deadlines import ClockPaused, ClockRestarted
from shared.kit.decider import Choice, Refused, Slice, Text, Word
from shared.rules.regimes import rules
from shared.rules.regimes.rules import Regime
from shared.rules.regimes.working import long

_TODAY: Final = "today or earlier"


class Restart(OfficerCommand):
    """What had been asked for came in on `on`: the regime starts its clocks anew.

    With `asked_on` alone it is asked for, and the clocks stand still until it comes in or a `resume` ends the wait.
    """

    verb = "restart"
    kind: Word
    on: date | None = None
    asked_on: date | None = None
    reason: Text | None = None

    @property
    def happened_on(self) -> date | None:
        """The day on which it came in, or was asked for."""
        return self.on or self.asked_on


def decide(command: Restart, state: Clocks, given: Given) -> Events:
    """The clocks begin anew on the day that what was asked for came in; until then they stand still.

    A request that can't be answered without further information needs no answer meanwhile (FOIA s.1(3)).

    Raises:
        Refused: `not-triaged`, `no-restart`, `nothing-happened`, `in-the-future`, `restart-before-receipt`,
            `no-clock`, `already-met`, `stopped`, `asked-after`, `asked-too-late`, `already-asked`,
            `already-answered`.
    """
    regime = regime_of_case(state, given)
    rule = _rule(regime, command.kind)
    day = command.on or command.asked_on
    if day is None:
        raise Refused("nothing-happened", "Say when it was asked for, or when it came in.", rule.citation)
    refuse_future(day, given)
    triaged = case_history.triaged(state)
    assert triaged is not None
    if day < triaged.on:
        raise Refused(
            "restart-before-receipt",
            f"The matter was received on {long(triaged.on)}, after {long(day)}.",
            rule.citation,
        )
    awaited = state.lasting(regime.name, rule.name)
    _refuse_asked_late(command, state, regime, rule, awaited)
    started = [run for clock in rule.clocks if (run := state.latest(regime.name, clock, ""))]
    if not started:
        raise Refused("no-clock", "None of the clocks that this starts anew has started.", rule.citation)
    for run in started:
        if rules.Role(run.role).owed and not (run.met_on and run.met_on >= day):
            refuse_if_over(run)
    if command.on is None:
        _refuse_answered(state, regime, rule, day)
        clocks = tuple(run.clock for run in started if run.live)
        return (
            ClockPaused(
                regime=regime.name,
                kind=rule.name,
                paused_on=day,
                clocks=clocks,
                citation=rule.citation,
                reason=reason_of(command.reason, state, given),
            ),
        )
    clocks = tuple(run.clock for run in started)
    restart = ClockRestarted(
        regime=regime.name,
        kind=rule.name,
        base_date=command.on,
        asked_on=command.asked_on or (awaited.start if awaited else None),
        clocks=clocks,
        citation=rule.citation,
        reason=reason_of(command.reason, state, given),
    )
    return (
        (restart,) if awaited is None else (ended(regime, rule, awaited.start, command.on, clocks), restart)
    )


def tries(state: Clocks, given: Given) -> Iterator[tuple[Choice, Restart]]:
    """Each restart of the regime: come in today, or asked for today. Raises `Refused` (`not-triaged`, `no-restart`)."""
    for rule in _rules(regime_of_case(state, given)):
        kind = rule.name
        yield Choice({"kind": (kind,)}, {"on": _TODAY}), Restart(kind=kind, on=given.today)
        yield Choice({"kind": (kind,)}, {"asked_on": _TODAY}), Restart(kind=kind, asked_on=given.today)


def _refuse_answered(state: Clocks, regime: Regime, rule: rules.Restart, asked_on: date) -> None:
    """Nobody waits for what has come in."""
    for known in state.restarts:
        if (known.regime, known.kind) == (regime.name, rule.name) and known.base_date >= asked_on:
            raise Refused("already-answered", f"It came in on {long(known.base_date)}.", rule.citation)


def _rules(regime: Regime) -> tuple[rules.Restart, ...]:
    if not regime.restarts:
        raise Refused("no-restart", f"{regime.title}: nothing starts its clocks anew.", regime.without_pause)
    return regime.restarts


def _rule(regime: Regime, kind: str) -> rules.Restart:
    known = _rules(regime)
    for rule in known:
        if rule.name == kind:
            return rule
    has = ", ".join(rule.name for rule in known)
    raise Refused(
        "no-restart", f"{regime.title} has no restart {kind!r}: it has {has}.", regime.without_pause
    )


def _refuse_asked_late(
    command: Restart, state: Clocks, regime: Regime, rule: rules.Restart, awaited: Span | None
) -> None:
    if awaited is not None and command.on is None:
        raise Refused("already-asked", f"It was asked for on {long(awaited.start)}.", rule.citation)
    asked_on = command.asked_on or (awaited.start if awaited is not None else None)
    if asked_on is None:
        return
    if command.on is not None and asked_on > command.on:
        raise Refused(
            "asked-after",
            f"It came in on {long(command.on)}, before it was asked for on {long(asked_on)}.",
            rule.citation,
        )
    asked_by = None if rule.ask_by is None else state.latest(regime.name, rule.ask_by, "")
    if asked_by is not None and asked_by.base_date <= asked_on and asked_on > asked_by.due_on:
        raise Refused(
            "asked-too-late",
            f"It had to be asked for by {long(asked_by.due_on)} ({asked_by.clock}).",
            rule.citation,
        )


RESTART: Final = with_new_dates(Slice(Restart, decide, tries=tries), MovedBy.RESTARTED)
