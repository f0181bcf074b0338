"""A small kind of stream that the store is tried with: a ledger of pages, and a word that had another shape once."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID, uuid4

from shared.kit.events import Event, Personal, event
from shared.kit.events.registry import upcast
from shared.kit.eventstore import Cause, CommandReceipt, NewEvent, Pool, StreamWrite

HAPPENED: Final = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
CAUSE: Final = Cause("person:5f6f1a52-3d65-4a6a-a5a5-0b3a3f1c9f10", UUID(int=1), None)


@event("redress.tests.page-written.v2")
class PageWritten(Event):
    """A page, and who wrote it; version 1 had the words as a list."""

    text: str
    note: str | None = None


@event("redress.tests.page-signed.v1")
class PageSigned(Event):
    """A page with a name under it."""

    name: Personal


@upcast("redress.tests.page-written.v1", to="redress.tests.page-written.v2")
def _join_words(data: dict[str, Any]) -> dict[str, Any]:
    return {"text": " ".join(data["words"])}


def page(text: str, at: datetime = HAPPENED) -> NewEvent:
    """A page to append."""
    return NewEvent(PageWritten(text=text), at)


def pages(stream: str, expected: int, *texts: str, key: UUID | None = None) -> StreamWrite:
    """Pages for a stream that stands at `expected`."""
    return StreamWrite(stream, key or uuid4(), expected, tuple(page(text) for text in texts))


def receipt(command: UUID | None = None, **answer: Any) -> CommandReceipt:
    """A receipt of `CAUSE`'s principal."""
    return CommandReceipt(CAUSE.principal, command or uuid4(), b"body", answer)


def ledger() -> str:
    """The name of a stream that nobody has used."""
    return f"ledger-{uuid4()}"


async def insert_as_stored(pool: Pool, stream: str, wire_name: str, state: bytes) -> None:
    """The first row of a stream, as another version of the program wrote it."""
    await pool.execute(
        "INSERT INTO stored_events (originator_id, originator_version, topic, state, event_id, source, key,"
        " happened_at, principal, correlation_id) VALUES ($1, 1, $2, $3, $4, 's', $4, now(), 'p', $4)",
        stream,
        wire_name,
        state,
        uuid4(),
    )
