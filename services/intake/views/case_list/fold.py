"""How the list of cases follows from intake's events."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, get_args
from uuid import UUID

from shared.contracts import intake
from shared.kit import sql
from shared.kit.events import SealedValue
from shared.kit.log import Received, Row, Rows, RowView, sealed


class CaseRow(Row):
    """A case as queues show it. Its version moves with every event. `received_on` is the day from which it counts."""

    case_id: UUID
    reference: str
    version: int
    standing: str = "open"
    restricted: bool = False
    historic: bool
    channel: str
    adapter: str
    sender: str
    language: str
    received_on: date
    receipt_is_doubtful: bool = False
    opened_at: datetime
    changed_at: datetime
    customer_name: SealedValue | None = None
    subject: SealedValue | None = None
    service_hint: str | None = None
    category_hint: str | None = None
    likely_repeat_of: str | None = None
    regime: str | None = None
    stage: str | None = None
    priority: str | None = None
    department_id: UUID | None = None
    department_name: str | None = None
    officer_id: UUID | None = None
    acknowledged_on: date | None = None
    responded_on: date | None = None
    escalated_on: date | None = None
    closed_on: date | None = None
    closing_ground: str | None = None
    with_ombudsman: bool = False


def evolve(rows: Rows[CaseRow], received: Received) -> None:
    key, event, envelope = received.envelope.key, received.event, received.envelope
    if isinstance(event, intake.CaseOpened):
        rows[key] = _opened(received, event)
    elif key in rows:
        moved = {"version": envelope.version, "changed_at": envelope.recorded_at}
        rows[key] = rows[key].model_copy(update=_changes(rows[key], event) | moved)


def _opened(received: Received, event: intake.CaseOpened) -> CaseRow:
    envelope = received.envelope
    return CaseRow.said_by(
        event,
        case_id=envelope.key,
        version=envelope.version,
        received_on=event.receipt.received_on,
        receipt_is_doubtful=event.receipt.doubtful,
        opened_at=envelope.recorded_at,
        changed_at=envelope.recorded_at,
        customer_name=sealed(event.customer.name) if event.customer else None,
    )


def _changes(row: CaseRow, event: object) -> dict[str, Any]:  # noqa: C901, PLR0911, PLR0912  one line an event
    match event:
        case intake.Triaged():
            return _triaged(event)
        case intake.ReceiptCorrected():
            return {"received_on": event.received_on, "receipt_is_doubtful": False}
        case intake.FirstContactCorrected():
            return {"receipt_is_doubtful": False}
        case intake.Assigned():
            return {
                "department_id": event.department_id,
                "department_name": event.department_name,
                "officer_id": event.officer_id,
            }
        case intake.PrioritySet():
            return {"priority": event.priority}
        case intake.Acknowledged():
            return {"acknowledged_on": event.sent_on}
        case intake.Responded():
            return {"responded_on": event.sent_on}
        case intake.EscalationRequested():
            left = {"acknowledged_on": None, "responded_on": None}
            return {"stage": event.stage, "escalated_on": event.requested_on, **left}
        case intake.ReferredToOmbudsman():
            return {"with_ombudsman": True}
        case intake.CaseRefused() if event.stage == row.stage:
            return {"standing": "refused", "responded_on": event.sent_on, "closed_on": event.sent_on}
        case intake.Closed():
            return {"standing": "closed", "closed_on": event.closed_on, "closing_ground": event.ground}
        case intake.Reopened():
            return {"standing": "open", "closed_on": None, "closing_ground": None}
        case _:
            return {}


def _triaged(event: intake.Triaged) -> dict[str, Any]:
    same = event.previous_regime == event.regime
    moved = {} if same else {"acknowledged_on": None, "responded_on": None, "escalated_on": None}
    return {
        "regime": event.regime,
        "stage": event.stage,
        "received_on": event.received_on,
        "restricted": event.restricted,
        **moved,
    }


CASE_LIST = RowView(
    "case_list",
    CaseRow,
    primary_key=("case_id",),
    indexes=sql.load(__package__, "indexes.sql"),
    kinds=get_args(intake.CaseEvent),
    evolve=evolve,
)
