"""A timer: the last day for the notice of an extension is over."""

from __future__ import annotations

from typing import Final

from services.deadlines.domain.clock.checks import run_of
from services.deadlines.domain.clock.command import Events, TimerCommand
from services.deadlines.domain.clock.extensions import proposals_of, without_notice
from services.deadlines.domain.clock.given import Given
from services.deadlines.domain.clock.state import Clocks
from shared.kit.decider import Refused, Slice


class Lapse(TimerCommand):
    """The notice of this proposal had to leave by yesterday."""

    verb = "lapse"
    clock: str
    occurrence: int
    proposal: int


def decide(command: Lapse, state: Clocks, given: Given) -> Events:
    """The notice didn't leave in time: the old date stands. Nothing where it may still leave.

    Raises:
        Refused: `no-clock`, `settled` (the extension is in force, or has lapsed).
    """
    run = run_of(state, command.clock, command.occurrence)
    if not any(one.pending and one.number == command.proposal for one in proposals_of(state, run)):
        raise Refused("settled", "This extension waits for no notice.")
    return tuple(without_notice(state, run, given))


LAPSE: Final = Slice(Lapse, decide)
