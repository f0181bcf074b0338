"""A format of the tests' own, so that intake is tested apart from the real senders' formats."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from services.intake.adapters import Unreadable
from services.intake.domain.incoming import (
    IncomingAttachment,
    IncomingContact,
    IncomingPerson,
    IncomingRepresentative,
    SubmittedAt,
)


class PlainAdapter:
    """JSON with the names of the intake model itself."""

    name = "plain"

    def read(self, body: bytes, headers: Mapping[str, str]) -> IncomingContact:
        """The contact. `{"crash": true}` stands for a fault of the adapter's own."""
        assert all(name == name.lower() for name in headers)
        try:
            message: dict[str, Any] = json.loads(body)
        except ValueError as error:
            raise Unreadable("not-json", "The message isn't JSON.") from error
        if message.get("crash"):
            raise ZeroDivisionError
        if not message.get("text"):
            raise Unreadable("missing-field", "There is no text.", "/text", message_id=message.get("id"))
        helper = message.get("representative")
        return IncomingContact(
            source_system="test",
            schema_name="plain",
            message_id=message.get("id"),
            text=message["text"],
            subject=message.get("subject"),
            channel=message.get("channel", "web"),
            submitted_at=_submitted(message.get("submitted_at")),
            customer=_person(message.get("customer")),
            representative=IncomingRepresentative(person=IncomingPerson(**helper), relation="advocate")
            if helper
            else None,
            attachments=tuple(
                IncomingAttachment(name=name, media_type="text/html", content=content.encode())
                for name, content in message.get("files", {}).items()
            ),
            details=(("Which street", message["street"]),) if "street" in message else (),
        )


def _person(details: dict[str, str] | None) -> IncomingPerson | None:
    return None if details is None else IncomingPerson(**details)


def _submitted(text: str | None) -> SubmittedAt:
    if text is None:
        return SubmittedAt()
    if "T" in text:
        return SubmittedAt.minute(datetime.fromisoformat(text))
    return SubmittedAt.day(date.fromisoformat(text))
