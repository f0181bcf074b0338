"""Folds the runs of every clock, from deadlines' own events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from shared.contracts.deadlines import (
    ClockPaused,
    ClockResumed,
    ClockStarted,
    ClockStopped,
    DueDateMoved,
    FoundMet,
    Met,
    Missed,
)
from shared.kit import sql
from shared.kit.events import Event, UnknownEvent
from shared.kit.log import Connection, Received
from shared.rules.regimes.arithmetic import ARITHMETICS


class State(StrEnum):
    """Where a run stands. A missed one still waits for what meets it."""

    RUNNING = "running"
    PAUSED = "paused"
    MISSED = "missed"
    MET = "met"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class DueClock:
    """A row of `due`, its fields in the order of the columns. `region`: whose holidays its arithmetic counts."""

    case_id: UUID
    clock: str
    occurrence: int
    regime: str
    stage: str
    role: str
    base_date: date
    due_on: date
    given: bool
    region: str | None
    state: str
    met_on: date | None
    late: bool
    calendar_version: str
    department_id: UUID | None


class DueView:
    """One row a run of a clock."""

    name: Final = "due"
    version: Final = 1
    tables: Final = ("due",)
    schema_sql: Final = sql.load(__package__, "tables.sql")

    async def fold(self, connection: Connection, events: Sequence[Received]) -> None:
        """Writes the rows that these events change."""
        told = [received for received in events if isinstance(received.event, _TOLD)]
        if not told:
            return
        keys = list({received.envelope.key for received in told})
        known: dict[UUID, Runs] = defaultdict(dict)
        for row in await connection.fetch(sql.load(__package__, "known.sql"), keys):
            found = DueClock(*row)
            known[found.case_id][found.clock, found.occurrence] = found
        for received in told:
            key = received.envelope.key
            known[key].update(changed(key, known[key], received.event))
        columns = zip(*(astuple(run) for runs in known.values() for run in runs.values()), strict=True)
        await connection.execute(sql.load(__package__, "write.sql"), *map(list, columns))


_TOLD = (
    ClockStarted,
    DueDateMoved,
    ClockPaused,
    ClockResumed,
    Missed,
    Met,
    FoundMet,
    ClockStopped,
)
Runs = dict[tuple[str, int], DueClock]


def changed(case_id: UUID, runs: Runs, event: Event | UnknownEvent) -> Runs:
    """The rows that the event changes, as they are after it."""
    match event:
        case ClockStarted():
            return {(event.clock, event.occurrence): _started(case_id, event)}
        case ClockPaused():
            return _each(runs, event, {State.RUNNING, State.MISSED}, State.PAUSED)
        case ClockResumed():
            return _each(runs, event, {State.PAUSED}, State.RUNNING)
        case DueDateMoved() | Missed() | Met() | FoundMet() | ClockStopped():
            key = (event.clock, event.occurrence)
            return {key: replace(runs[key], **_change(runs[key], event))}
        case _:
            return {}


def _started(case_id: UUID, event: ClockStarted) -> DueClock:
    return DueClock(
        case_id=case_id,
        clock=event.clock,
        occurrence=event.occurrence,
        regime=event.regime,
        stage=event.stage,
        role=event.role,
        base_date=event.base_date,
        due_on=event.due_on,
        given=event.given,
        region=_region(event.working),
        state=State.RUNNING.value,
        met_on=None,
        late=False,
        calendar_version=event.calendar_version,
        department_id=event.department_id,
    )


def _change(run: DueClock, event: DueDateMoved | Missed | Met | FoundMet | ClockStopped) -> dict[str, Any]:
    match event:
        case DueDateMoved():
            return {
                "base_date": event.base_date,
                "due_on": event.due_on,
                "region": _region(event.working),
                "calendar_version": event.calendar_version,
                "state": State.RUNNING.value if run.state == State.MISSED else run.state,
            }
        case Missed():
            return {"state": State.MISSED.value}
        case Met():
            return {"state": State.MET.value, "met_on": event.met_on, "late": event.late}
        case FoundMet():
            return {"state": State.MET.value, "met_on": event.met_on, "late": False}
        case ClockStopped():
            return {"state": State.STOPPED.value}


def _each(
    runs: Runs,
    event: ClockPaused | ClockResumed,
    before: Collection[State],
    after: State,
) -> Runs:
    """The last run of each clock that the event names, if it stands where it would, in its new state."""
    last: dict[str, DueClock] = {}
    for run in runs.values():
        if run.clock in event.clocks and run.regime == event.regime:
            found = last.get(run.clock)
            last[run.clock] = run if found is None or run.occurrence > found.occurrence else found
    return {
        (run.clock, run.occurrence): replace(run, state=after.value)
        for run in last.values()
        if run.state in before
    }


def _region(working: dict[str, Any]) -> str | None:
    arithmetic = ARITHMETICS.get(working["arithmetic"])
    return None if arithmetic is None or arithmetic.region is None else arithmetic.region.value
