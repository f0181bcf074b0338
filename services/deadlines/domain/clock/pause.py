"""A pause: only one that the regime has, and had on the day of receipt."""

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
from services.deadlines.domain.clock.pauses import ended, pause_of_kind, pause_rules
from services.deadlines.domain.clock.state import Clocks, Run
from shared.contracts.deadlines import ClockPaused
from shared.kit.decider import Choice, Refused, Slice, Text, Word
from shared.rules.regimes import rules
from shared.rules.regimes.due_date import pause_in_force
from shared.rules.regimes.rules import Regime
from shared.rules.regimes.working import long


class Pause(OfficerCommand):
    """The clock stands still from `on`, that day included, for a reason that the regime has. `until` if it is over."""

    verb = "pause"
    kind: Word
    on: date
    until: date | None = None
    reason: Text | None = None

    @property
    def happened_on(self) -> date:
        """Its first day."""
        return self.on


def decide(command: Pause, state: Clocks, given: Given) -> Events:
    """The pause begins (and ends, where its end is known already).

    Raises:
        Refused: `not-triaged`, `no-pause`, `pause-not-in-force`, `in-the-future`, `already-paused`, `no-clock`,
            `already-met`, `stopped`, `pause-before-base`, `pause-after-end`, `pause-too-late`, `pause-reversed`.
    """
    regime = regime_of_case(state, given)
    rule = pause_of_kind(regime, command.kind)
    triaged = case_history.triaged(state)
    assert triaged is not None
    pause_in_force(regime, regime.clock(rule.clocks[0]), triaged.on)
    refuse_future(command.on, given)
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
        reason=reason_of(command.reason, state, given),
    )
    if command.until is None:
        return (begun,)
    refuse_future(command.until, given)
    return (begun, ended(regime, rule, command.on, command.until, clocks))


def tries(state: Clocks, given: Given) -> Iterator[tuple[Choice, Pause]]:
    """Each pause of the regime, from today. Raises `Refused` (`not-triaged`, `no-pause`)."""
    for rule in pause_rules(regime_of_case(state, given)):
        yield Choice({"kind": (rule.name,)}), Pause(kind=rule.name, on=given.today)


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


PAUSE: Final = with_new_dates(Slice(Pause, decide, tries=tries), MovedBy.PAUSED)
