"""Timers that came due. Each looks again: whatever has changed since it was armed makes it stale."""

from __future__ import annotations

from collections.abc import Iterator

from services.deadlines.domain.clock import facts
from services.deadlines.domain.clock.circumstances import Circumstances
from services.deadlines.domain.clock.commands import Lapse, PassDue, Remind
from services.deadlines.domain.clock.extending import notice_by
from services.deadlines.domain.clock.finding import refuse_if_over, run_of
from services.deadlines.domain.clock.plan import regime_of
from services.deadlines.domain.clock.state import ClockEvent, Clocks, Run
from shared.contracts.deadlines import ExtensionLapsed, Missed, ReminderDue
from shared.kit.decider import Refused
from shared.rules.regimes.ladder import reached, rung_dates
from shared.rules.regimes.rules import Clock
from shared.rules.regimes.working import long


def reminded(command: Remind, state: Clocks) -> tuple[ClockEvent, ...]:
    """A rung of the ladder is reached; nothing where it was reached before.

    Raises:
        Refused: `historic`, `no-clock`, `already-met`, `stopped`, `paused`, `date-moved`, `superseded` (a higher rung
            has come, too: only that one fires), `too-early`.
    """
    run = _running(command, state)
    if (run.due_on, command.offset) in run.reminded:
        return ()
    now = command.now
    last = reached(rung_dates(clock_of(run, now), run.due_on, now.calendar), now.today)
    if last is None or last.rung.offset < command.offset:
        raise Refused("too-early", f"This reminder's day hasn't come for {long(run.due_on)}.")
    if last.rung.offset > command.offset:
        raise Refused("superseded", "A higher rung of the ladder has come: only that one is sent.")
    return (
        ReminderDue(
            clock=run.clock,
            occurrence=run.occurrence,
            stage=run.stage,
            rung=last.rung.to,
            offset=last.rung.offset,
            due_on=run.due_on,
            department_id=run.department_id,
        ),
    )


def passed(command: PassDue, state: Clocks) -> tuple[ClockEvent, ...]:
    """The due date is over and nothing known meets it; extensions whose notice never left go with it.

    Raises:
        Refused: as `reminded`.
    """
    run = _running(command, state)
    if run.missed_on == run.due_on:
        return ()
    if command.now.today <= run.due_on:
        raise Refused("too-early", f"{long(run.due_on)} isn't over.")
    missed = Missed(clock=run.clock, occurrence=run.occurrence, due_on=run.due_on)
    return (*_unnotified(state, run, command.now), missed)


def lapsed(command: Lapse, state: Clocks) -> tuple[ClockEvent, ...]:
    """The notice didn't leave in time: the old date stands. Nothing where it may still leave.

    Raises:
        Refused: `no-clock`, `settled` (the extension is in force, or has lapsed).
    """
    run = run_of(state, command.clock, command.occurrence)
    pending = any(
        proposal.pending
        and (proposal.clock, proposal.occurrence, proposal.number) == (*run.key, command.proposal)
        for proposal in state.proposals
    )
    if not pending:
        raise Refused("settled", "This extension waits for no notice.")
    return tuple(_unnotified(state, run, command.now))


def clock_of(run: Run, now: Circumstances) -> Clock:
    """The rule that a run follows."""
    return regime_of(now, run.regime, run.regime_version).clock(run.clock)


def _running(command: Remind | PassDue, state: Clocks) -> Run:
    if facts.historic(state):
        raise Refused("historic", "A historic case's clocks are shown; nothing fires.")
    run = run_of(state, command.clock, command.occurrence)
    refuse_if_over(run)
    if run.paused_on is not None:
        raise Refused("paused", f"{run.clock} stands still since {long(run.paused_on)}.")
    if run.due_on != command.due_on:
        raise Refused("date-moved", f"{run.clock} is due on {long(run.due_on)} now.")
    return run


def _unnotified(state: Clocks, run: Run, now: Circumstances) -> Iterator[ExtensionLapsed]:
    if run.paused_on is not None:
        return
    for proposal in state.proposals:
        if proposal.pending and (proposal.clock, proposal.occurrence) == run.key:
            latest = notice_by(state, run, proposal, now)
            if now.today > latest:
                yield ExtensionLapsed(
                    clock=run.clock, occurrence=run.occurrence, proposal=proposal.number, notice_by=latest
                )
