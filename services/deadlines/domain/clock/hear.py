"""Another service recorded something that dates rest on."""

from __future__ import annotations

from typing import Final

from services.deadlines.domain.clock.command import Events
from services.deadlines.domain.clock.evolve import evolve
from services.deadlines.domain.clock.given import Given
from services.deadlines.domain.clock.names import Fact, MovedBy
from services.deadlines.domain.clock.pauses import running_again, without_rule
from services.deadlines.domain.clock.reconcile import with_clocks
from services.deadlines.domain.clock.state import Clocks
from shared.contracts.deadlines import FactNoted
from shared.kit.decider import Command, Slice


class Hear(Command):
    """A fact, with the stream that it stands in and its place there."""

    verb = "hear"
    fact: FactNoted


def decide(command: Hear, state: Clocks, given: Given) -> Events:
    """The fact is noted once, and every clock follows."""
    fact = command.fact
    if any((known.origin, known.sequence) == (fact.origin, fact.sequence) for known in state.facts):
        return ()
    told: Events = (fact, *without_rule(evolve(state, fact), given))
    return with_clocks(state, told, given, _moved_by(fact), running_again(told, state))


def _moved_by(fact: FactNoted) -> MovedBy:
    """Why a date moves when this is heard."""
    if fact.fact == Fact.ASKED:
        return MovedBy.GIVEN
    return MovedBy.RECALCULATED if fact.school else MovedBy.REBASED


HEAR: Final = Slice(Hear, decide)
