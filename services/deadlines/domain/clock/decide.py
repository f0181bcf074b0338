"""What follows from a command: what it says, and what that means for every clock of the case."""

from __future__ import annotations

from functools import reduce
from typing import assert_never

from services.deadlines.domain.clock import extending, given_date, pausing, restarting, timers
from services.deadlines.domain.clock.commands import (
    ChangeGivenDate,
    ClockCommand,
    Hear,
    Lapse,
    OfficerCommand,
    PassDue,
    Pause,
    ProposeExtension,
    Recalculate,
    RecordNotice,
    Remind,
    Restart,
    Resume,
)
from services.deadlines.domain.clock.evolve import evolve
from services.deadlines.domain.clock.names import Cause, Fact
from services.deadlines.domain.clock.plan import refuse_unknown_days
from services.deadlines.domain.clock.reconcile import recalculated, with_clocks
from services.deadlines.domain.clock.state import INITIAL, ClockEvent, Clocks
from shared.contracts.deadlines import FactNoted
from shared.kit.decider import Decider, Refused


def decide(command: ClockCommand, state: Clocks) -> tuple[ClockEvent, ...]:
    """The events that the command leads to. A clock worked out with an older calendar is recalculated first.

    Raises:
        Refused: the rules forbid it.
        UnknownRegime: the case goes under a regime that this program doesn't have.
    """
    fresh = recalculated(state, command.now)
    state = reduce(evolve, fresh, state)
    try:
        return (*fresh, *_decided(command, state))
    except Refused:
        if fresh and isinstance(command, Remind | PassDue | Lapse):
            return fresh
        raise


def _decided(command: ClockCommand, state: Clocks) -> tuple[ClockEvent, ...]:
    match command:
        case Hear():
            return _heard(command, state)
        case Remind():
            return timers.reminded(command, state)
        case PassDue():
            return timers.passed(command, state)
        case Lapse():
            return timers.lapsed(command, state)
        case Recalculate():
            return ()
        case _:
            told, cause = _told(command, state)
            refuse_unknown_days(state, reduce(evolve, told, state), command.now)
            return with_clocks(state, told, command.now, cause, pausing.running_again(told, state))


def _told(command: OfficerCommand, state: Clocks) -> tuple[tuple[ClockEvent, ...], Cause]:
    """What an officer's command says, and why it moves dates."""
    match command:
        case ProposeExtension():
            return extending.proposed(command, state), Cause.EXTENDED
        case RecordNotice():
            return extending.notified(command, state), Cause.EXTENDED
        case Pause():
            return pausing.paused(command, state), Cause.PAUSED
        case Resume():
            return pausing.resumed(command, state), Cause.PAUSED
        case Restart():
            return restarting.restarted(command, state), Cause.RESTARTED
        case ChangeGivenDate():
            return given_date.changed(command, state), Cause.GIVEN
        case _:
            assert_never(command)


def _heard(command: Hear, state: Clocks) -> tuple[ClockEvent, ...]:
    fact = command.fact
    if any((known.origin, known.sequence) == (fact.origin, fact.sequence) for known in state.facts):
        return ()
    told: tuple[ClockEvent, ...] = (fact, *pausing.without_rule(evolve(state, fact), command.now))
    return with_clocks(state, told, command.now, _cause(fact), pausing.running_again(told, state))


def _cause(fact: FactNoted) -> Cause:
    """Why a date moves when this is heard."""
    if fact.fact == Fact.ASKED:
        return Cause.GIVEN
    return Cause.RECALCULATED if fact.school else Cause.REBASED


CLOCKS: Decider[ClockCommand, Clocks, ClockEvent] = Decider(decide, evolve, INITIAL)
