"""Starting clocks anew: clarification of a request, particulars, proof of identity, a fee."""

from __future__ import annotations

from services.deadlines.domain import facts
from services.deadlines.domain.commands import Restart
from services.deadlines.domain.finding import refuse_future, refuse_if_over, regime_of_case
from services.deadlines.domain.state import ClockEvent, Clocks
from shared.contracts.deadlines import ClockRestarted
from shared.decider.refusal import Refused
from shared.regimes import rules
from shared.regimes.rules import Regime
from shared.regimes.working import long


def restarted(command: Restart, state: Clocks) -> tuple[ClockEvent, ...]:
    """The clocks begin anew on the day that what was asked for came in.

    Raises:
        Refused: `not-triaged`, `no-restart`, `in-the-future`, `restart-before-receipt`, `no-clock`, `already-met`,
            `stopped`, `asked-after`, `asked-too-late`.
    """
    regime = regime_of_case(state, command.now)
    rule = _rule(regime, command.restart)
    refuse_future(command.on, command.now)
    triaged = facts.triaged(state)
    assert triaged is not None
    if command.on < triaged.on:
        raise Refused(
            "restart-before-receipt",
            f"The matter was received on {long(triaged.on)}, after {long(command.on)}.",
            rule.citation,
        )
    _refuse_asked_late(command, state, regime, rule)
    started = [run for clock in rule.clocks if (run := state.latest(regime.name, clock, ""))]
    if not started:
        raise Refused("no-clock", "None of the clocks that this starts anew has started.", rule.citation)
    for run in started:
        if run.role == rules.Role.DUTY.value and not (run.met_on and run.met_on >= command.on):
            refuse_if_over(run)
    return (
        ClockRestarted(
            regime=regime.name,
            kind=rule.name,
            base_date=command.on,
            asked_on=command.asked_on,
            clocks=tuple(run.clock for run in started),
            citation=rule.citation,
            reason=command.reason,
        ),
    )


def _rule(regime: Regime, kind: str) -> rules.Restart:
    for rule in regime.restarts:
        if rule.name == kind:
            return rule
    has = ", ".join(rule.name for rule in regime.restarts)
    raise Refused(
        "no-restart",
        f"{regime.title} has no restart {kind!r}: "
        + (f"it has {has}." if has else "nothing starts its clocks anew."),
        regime.without_pause,
    )


def _refuse_asked_late(command: Restart, state: Clocks, regime: Regime, rule: rules.Restart) -> None:
    asked_on = command.asked_on
    if asked_on is None:
        return
    if asked_on > command.on:
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
