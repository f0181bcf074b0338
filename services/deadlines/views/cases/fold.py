"""Folds what deadlines shows of a case beside its clocks, from intake's own events."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from shared.contracts.intake import (
    Assigned,
    CaseOpened,
    CaseRefused,
    Closed,
    EscalationRequested,
    ReceiptCorrected,
    Reopened,
    Triaged,
)
from shared.kit import sql
from shared.kit.log import Received, Row, Rows, RowView


class CaseRow(Row):
    """A case beside its clocks."""

    case_id: UUID
    reference: str
    regime: str | None = None
    stage: str | None = None
    school: str | None = None
    received_on: date
    department_id: UUID | None = None
    department_name: str | None = None
    officer_id: UUID | None = None
    historic: bool = False
    restricted: bool = False
    closed: bool = False


def evolve(rows: Rows[CaseRow], received: Received) -> None:
    """The case's row after the event."""
    key, event = received.envelope.key, received.event
    if isinstance(event, CaseOpened):
        rows[key] = CaseRow(
            case_id=key,
            reference=event.reference,
            received_on=event.receipt.received_on,
            historic=event.historic,
        )
    elif key in rows:
        rows[key] = rows[key].model_copy(update=_changes(rows[key], event))


def _changes(row: CaseRow, event: object) -> dict[str, Any]:  # noqa: PLR0911  one line an event
    match event:
        case Triaged():
            return {
                "regime": event.regime,
                "stage": event.stage,
                "school": event.school,
                "received_on": event.received_on,
                "restricted": event.restricted,
            }
        case ReceiptCorrected():
            return {"received_on": event.received_on}
        case Assigned():
            return {
                "department_id": event.department_id,
                "department_name": event.department_name,
                "officer_id": event.officer_id,
            }
        case EscalationRequested():
            return {"stage": event.stage}
        case CaseRefused() if event.stage == row.stage:
            return {"closed": True}
        case Closed():
            return {"closed": True}
        case Reopened():
            return {"closed": False}
        case _:
            return {}


CASES = RowView(
    "cases",
    CaseRow,
    primary_key=("case_id",),
    indexes=sql.load(__package__, "indexes.sql"),
    kinds=(
        CaseOpened,
        Triaged,
        ReceiptCorrected,
        Assigned,
        EscalationRequested,
        CaseRefused,
        Closed,
        Reopened,
    ),
    evolve=evolve,
)
"""The view `cases`."""
