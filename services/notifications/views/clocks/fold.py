"""Folds deadlines' events of a case into a row for each of its clocks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
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
from shared.kit.log import Received, Row, Rows, RowView

Identity = tuple[str, int]


class ClockRow(Row):
    """A clock. `state`: `running`, `paused`, `missed`, `met`, `stopped`; `role` as in `clock-started`."""

    case_id: UUID
    clock: str
    occurrence: int
    regime: str
    regime_version: str
    stage: str
    role: str
    state: str
    due_on: date
    department_id: UUID | None = None


def evolve(rows: Rows[ClockRow], received: Received) -> None:
    match received.event:
        case ClockStarted() as event:
            row = ClockRow.said_by(event, case_id=received.envelope.key, state="running")
            rows[event.clock, event.occurrence] = row
        case ClockPaused() as event:
            _all(rows, _latest(rows, event, {"running", "missed"}), "paused")
        case ClockResumed() as event:
            _all(rows, _latest(rows, event, {"paused"}), "running")
        case DueDateMoved() as event:
            found = rows.get((event.clock, event.occurrence))
            again = found is not None and found.state == "missed"
            _set(rows, event, {"due_on": event.due_on} | ({"state": "running"} if again else {}))
        case Missed() as event:
            _set(rows, event, {"state": "missed"})
        case Met() | FoundMet() as event:
            _set(rows, event, {"state": "met"})
        case ClockStopped() as event:
            _set(rows, event, {"state": "stopped"})


def _set(
    rows: Rows[ClockRow], event: DueDateMoved | Missed | Met | FoundMet | ClockStopped, to: dict[str, Any]
) -> None:
    identity = (event.clock, event.occurrence)
    if identity in rows:
        rows[identity] = rows[identity].model_copy(update=to)


def _latest(rows: Rows[ClockRow], event: ClockPaused | ClockResumed, states: set[str]) -> list[Identity]:
    """The latest occurrence of each clock that the event names, if it is in one of the states."""
    latest: dict[str, Identity] = {}
    for identity in sorted(rows):
        if identity[0] in event.clocks and rows[identity].regime == event.regime:
            latest[identity[0]] = identity
    return [identity for identity in latest.values() if rows[identity].state in states]


def _all(rows: Rows[ClockRow], identities: Iterable[Identity], state: str) -> None:
    for identity in identities:
        rows[identity] = rows[identity].model_copy(update={"state": state})


CLOCKS = RowView(
    "clocks",
    ClockRow,
    primary_key=("case_id", "clock", "occurrence"),
    indexes=sql.load(__package__, "indexes.sql"),
    kinds=(
        ClockStarted,
        DueDateMoved,
        ClockPaused,
        ClockResumed,
        Missed,
        Met,
        FoundMet,
        ClockStopped,
    ),
    evolve=evolve,
)
