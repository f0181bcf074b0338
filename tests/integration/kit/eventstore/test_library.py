"""The eventsourcing library's own tools open our store, and old events are read as their newest version."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from eventsourcing.persistence import EventStore as LibraryEventStore
from eventsourcing.persistence import ProgrammingError, StoredEvent

from shared.kit.eventstore import PostgresEventStore
from shared.kit.eventstore.mapper import ContractMapper, InStream
from tests.integration.kit.eventstore.conftest import Ways
from tests.integration.kit.eventstore.ledger import CAUSE, PageWritten, ledger, pages

pytest.importorskip("psycopg_pool", reason="the library's own recorder needs psycopg[pool]")
from eventsourcing.postgres import (
    PostgresApplicationRecorder,
    PostgresDatastore,
)


@pytest.fixture
def recorder(database: Ways) -> Iterator[PostgresApplicationRecorder]:
    """The library's recorder, with a service's rights."""
    parts = urlsplit(database.service)
    query = parse_qs(parts.query)
    with PostgresDatastore(
        dbname=parts.path.strip("/"),
        host=query["host"][0],
        port=query["port"][0],
        user=parts.netloc.rstrip("@"),
        password="",
        originator_id_type="text",
    ) as datastore:
        yield PostgresApplicationRecorder(datastore, events_table_name="stored_events")


async def test_the_librarys_recorder_reads_what_was_appended(
    store: PostgresEventStore, recorder: PostgresApplicationRecorder
) -> None:
    stream = ledger()
    await store.append([pages(stream, 0, "one", "two")], CAUSE)
    stored = recorder.select_events(stream)
    assert [(one.originator_version, one.topic) for one in stored] == [
        (1, "redress.tests.page-written.v2"),
        (2, "redress.tests.page-written.v2"),
    ]
    assert [bytes(one.state) for one in stored] == [row.state for row in await store.stream_rows(stream)]
    newest = recorder.max_notification_id()
    assert newest is not None
    (notification,) = recorder.select_notifications(newest, 10)
    assert (notification.originator_id, notification.originator_version) == (stream, 2)


async def test_the_librarys_event_store_gives_plain_contract_events_through_the_mapper(
    store: PostgresEventStore, recorder: PostgresApplicationRecorder
) -> None:
    stream = ledger()
    await store.append([pages(stream, 0, "one", "two")], CAUSE)
    library = LibraryEventStore(ContractMapper(), recorder)
    assert list(library.get(stream, gt=1)) == [InStream(stream, 2, PageWritten(text="two"))]


async def test_the_library_cannot_append_past_the_envelope(recorder: PostgresApplicationRecorder) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        recorder.insert_events([StoredEvent(ledger(), 1, "redress.tests.page-written.v2", b"{}")])
