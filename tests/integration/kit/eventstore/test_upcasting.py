"""Events written years ago are read as their newest version; their bytes are never touched."""

from __future__ import annotations

import json

import pydantic
import pytest

from shared.kit.events import UnknownEvent
from shared.kit.eventstore import Pool, PostgresEventStore
from tests.integration.kit.eventstore.ledger import PageWritten, insert_as_stored, ledger


async def test_an_old_version_is_read_as_the_newest_and_its_bytes_stand(
    store: PostgresEventStore, pool: Pool
) -> None:
    stream, state = ledger(), json.dumps({"words": ["two", "words"]}).encode()
    await insert_as_stored(pool, stream, "redress.tests.page-written.v1", state)
    (loaded,) = await store.load(stream)
    assert loaded.event == PageWritten(text="two words")
    assert loaded.envelope.wire_name == "redress.tests.page-written.v1"
    (row,) = await store.stream_rows(stream)
    assert row.state == state


async def test_an_unknown_type_is_given_as_such_and_keeps_its_name(
    store: PostgresEventStore, pool: Pool
) -> None:
    stream = ledger()
    await insert_as_stored(pool, stream, "redress.tests.never-heard-of.v1", b'{"a": 1}')
    (loaded,) = await store.load(stream)
    assert loaded.event == UnknownEvent(wire_name_seen="redress.tests.never-heard-of.v1")


async def test_a_state_that_does_not_fit_its_type_is_an_error_and_not_half_an_event(
    store: PostgresEventStore, pool: Pool
) -> None:
    stream = ledger()
    await insert_as_stored(pool, stream, "redress.tests.page-written.v2", b'{"note": "no text"}')
    with pytest.raises(pydantic.ValidationError):
        await store.load(stream)
