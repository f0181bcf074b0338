"""Messages and moments that the specs share."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from services.notifications.domain.message.identity import message_id
from shared.contracts.notifications import AttemptBegan, Requested
from shared.kit.events import Plain

NOTIFICATION = UUID("00000000-0000-4000-8000-000000000001")
ASKED_BY = UUID("00000000-0000-4000-8000-000000000002")
CUSTOMER = UUID("00000000-0000-4000-8000-000000000003")
OFFICER = UUID("00000000-0000-4000-8000-000000000004")
NOON = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
WAIT = timedelta(seconds=60)
WAITS = (timedelta(minutes=1), timedelta(minutes=5))


def requested(purpose: str = "response", audience: str = "customer", **facts: Any) -> Requested:
    """A response that is to be e-mailed, or another letter."""
    known: dict[str, Any] = {"stage": "stage1", "due_on": date(2026, 12, 4), "recipient": CUSTOMER}
    return Requested(
        notification=NOTIFICATION,
        purpose=purpose,
        audience=audience,
        about=ASKED_BY,
        reference="CR-2026-000123",
        template="letter",
        message_id=message_id(NOTIFICATION, "CR-2026-000123", "anytown.example"),
        to=Plain("ana@example.com", CUSTOMER),
        subject=Plain("CR-2026-000123: Your complaint", CUSTOMER),
        text=Plain("Dear Ana", CUSTOMER),
        **(known | facts),
    )


def began(attempt: int = 1, at: datetime = NOON) -> AttemptBegan:
    """An attempt under way, its answer awaited for a minute."""
    return AttemptBegan(attempt=attempt, began_at=at, answer_by=at + WAIT)
