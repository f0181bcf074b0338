"""How the list of quarantined messages follows from intake's events."""

from __future__ import annotations

from datetime import datetime
from typing import get_args
from uuid import UUID

from shared.contracts import intake
from shared.kit import sql
from shared.kit.log import Received, Row, Rows, RowView


class MessageRow(Row):
    """A message that couldn't be taken in. `standing`: `held`, `sent-through` or `discarded`."""

    contact_id: UUID
    standing: str = "held"
    adapter: str
    sender: str
    sender_message_id: str | None
    code: str
    pointer: str
    received_at: datetime
    reference: str | None = None
    reason: str | None = None


def evolve(rows: Rows[MessageRow], received: Received) -> None:
    key = received.envelope.key
    match received.event:
        case intake.ContactQuarantined() as event:
            rows[key] = MessageRow.said_by(event, contact_id=key)
        case intake.ContactSentThrough() as event:
            sent = {"standing": "sent-through", "reference": event.reference}
            rows[key] = rows[key].model_copy(update=sent)
        case intake.ContactDiscarded() as event:
            discarded = {"standing": "discarded", "reason": event.reason}
            rows[key] = rows[key].model_copy(update=discarded)
        case _:
            return


QUARANTINE = RowView(
    "quarantine",
    MessageRow,
    primary_key=("contact_id",),
    indexes=sql.load(__package__, "indexes.sql"),
    kinds=get_args(intake.ContactEvent),
    evolve=evolve,
)
