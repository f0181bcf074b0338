"""The calendar, or a school's terms, have changed: the clocks follow before anything else is decided."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from typing import Final

from services.deadlines.domain.clock.command import Events, TimerCommand
from services.deadlines.domain.clock.evolve import evolve
from services.deadlines.domain.clock.given import Given
from services.deadlines.domain.clock.reconcile import recalculated
from services.deadlines.domain.clock.state import Clocks
from shared.contracts.deadlines import ClockEvent
from shared.kit.decider import Command, Decider, Refused, Slice

ClockDecider = Decider[Command, Clocks, ClockEvent]


class Recalculate(Command):
    """Look at the clocks again."""

    verb = "recalculate"


def decide(_command: Recalculate, _state: Clocks, _given: Given) -> Events:
    """Nothing more: every command begins with what today's calendar changes."""
    return ()


def recalculated_first(rules: ClockDecider, given: Given) -> ClockDecider:
    """The same rules; a clock worked out with an older calendar is recalculated before they decide.

    A timer that is stale leaves that much.
    """

    def decided(command: Command, state: Clocks) -> Events:
        fresh = recalculated(state, given)
        try:
            return (*fresh, *rules.decide(command, reduce(evolve, fresh, state)))
        except Refused:
            if fresh and isinstance(command, TimerCommand):
                return fresh
            raise

    return replace(rules, decide=decided)


def up_to_date(state: Clocks, given: Given) -> Clocks:
    """The clocks as they are by today's calendar."""
    return reduce(evolve, recalculated(state, given), state)


RECALCULATE: Final = Slice(Recalculate, decide)
