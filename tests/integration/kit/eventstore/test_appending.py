"""Appending: expected versions, all or nothing, sizes, references, and the grants that keep it append-only."""

from __future__ import annotations

import asyncio
from uuid import UUID, uuid4

import asyncpg
import pytest

from shared.kit.events import Plain, SealedValue, UnsealedError, event_id
from shared.kit.eventstore import (
    BEGINNING,
    Conflict,
    NewEvent,
    Pool,
    PostgresEventStore,
    ReferenceRow,
    ReferenceTaken,
    StreamWrite,
    TooLarge,
)
from shared.kit.eventstore.store import E
from tests.integration.kit.eventstore.conftest import Ways
from tests.integration.kit.eventstore.ledger import (
    CAUSE,
    HAPPENED,
    PageSigned,
    PageWritten,
    ledger,
    page,
    pages,
    receipt,
)


async def test_what_was_appended_is_loaded_in_order_with_its_envelope(store: PostgresEventStore) -> None:
    stream, key = ledger(), uuid4()
    recorded = await store.append([pages(stream, 0, "one", "two", key=key)], CAUSE)
    loaded = await store.load(stream)
    assert loaded == recorded
    assert [one.event for one in loaded] == [PageWritten(text="one"), PageWritten(text="two")]
    envelope = loaded[1].envelope
    assert (envelope.event_id, envelope.version) == (event_id(stream, 2), 2)
    assert (envelope.key, envelope.source) == (key, "/redress/tests")
    assert envelope.happened_at == HAPPENED < envelope.recorded_at
    assert (envelope.principal, envelope.correlation_id) == (CAUSE.principal, CAUSE.correlation_id)
    assert await store.load(stream, after=1) == recorded[1:]


async def test_a_stream_that_stands_elsewhere_is_a_conflict_and_nothing_is_written(
    store: PostgresEventStore,
) -> None:
    stream = ledger()
    await store.append([pages(stream, 0, "one", "two")], CAUSE)
    for expected in (0, 1, 3):
        with pytest.raises(Conflict) as conflict:
            await store.append([pages(stream, expected, "other")], CAUSE)
        assert (conflict.value.stream, conflict.value.expected, conflict.value.actual) == (
            stream,
            expected,
            2,
        )
    assert len(await store.load(stream)) == 2


async def test_two_streams_are_written_together_or_not_at_all(store: PostgresEventStore, pool: Pool) -> None:
    left, right = "z" + ledger(), "a" + ledger()
    await store.append([pages(left, 0, "left")], CAUSE)
    with pytest.raises(Conflict) as conflict:
        await store.append([pages(left, 1, "merge"), pages(right, 1, "merge")], CAUSE, receipt=receipt())
    assert conflict.value.stream == right
    assert len(await store.load(left)) == 1
    recorded = await store.append([pages(left, 1, "merge", "more"), pages(right, 0, "merge")], CAUSE)
    assert [(one.envelope.stream, one.envelope.version) for one in recorded] == [
        (left, 2),
        (left, 3),
        (right, 1),
    ]
    assert (*(await store.load(left))[1:], *await store.load(right)) == recorded
    rows = await pool.fetch(
        "SELECT DISTINCT transaction_id FROM stored_events WHERE event_id = ANY($1)",
        [one.envelope.event_id for one in recorded],
    )
    assert len(rows) == 1


@pytest.mark.parametrize("expected", [-1, 0, 2])
@pytest.mark.parametrize("count", [1, 2])
async def test_one_event_and_many_are_refused_alike(
    store: PostgresEventStore, expected: int, count: int
) -> None:
    stream, slip = ledger(), receipt()
    await store.append([pages(stream, 0, "first")], CAUSE)
    with pytest.raises(Conflict) as conflict:
        await store.append([pages(stream, expected, *"ab"[:count])], CAUSE, receipt=slip)
    assert (conflict.value.expected, conflict.value.actual) == (expected, 1)
    assert await store.receipt(CAUSE.principal, slip.command_id) is None


async def test_a_write_without_events_guards_its_stream(store: PostgresEventStore) -> None:
    guard, stream = ledger(), ledger()
    await store.append([pages(guard, 0, "one")], CAUSE)
    with pytest.raises(Conflict):
        await store.append([pages(stream, 0, "page"), pages(guard, 0)], CAUSE)
    await store.append([pages(stream, 0, "page"), pages(guard, 1)], CAUSE)
    assert len(await store.load(stream)) == 1


async def test_of_writers_at_the_same_version_one_succeeds_and_the_others_conflict(
    store: PostgresEventStore,
) -> None:
    stream = ledger()
    answers = await asyncio.gather(
        *(store.append([pages(stream, 0, f"writer {n}", "more")], CAUSE) for n in range(12)),
        return_exceptions=True,
    )
    assert [type(answer) for answer in answers].count(tuple) == 1
    assert [type(answer) for answer in answers].count(Conflict) == 11
    assert len(await store.load(stream)) == 2


async def test_writers_of_the_same_two_streams_in_either_order_never_deadlock(
    store: PostgresEventStore,
) -> None:
    left, right = ledger(), ledger()

    async def merge(names: list[str]) -> None:
        for _ in range(200):
            versions = [len(await store.load(name)) for name in names]
            try:
                await store.append(
                    [pages(name, at, "x") for name, at in zip(names, versions, strict=True)], CAUSE
                )
            except Conflict:
                continue
            else:
                return
        pytest.fail("never got through")

    await asyncio.gather(*(merge([left, right] if n % 2 else [right, left]) for n in range(8)))
    assert len(await store.load(left)) == len(await store.load(right)) == 8


async def test_an_event_over_256_kilobytes_is_refused_with_what_to_do(store: PostgresEventStore) -> None:
    stream = ledger()
    with pytest.raises(TooLarge, match="sealed blob") as refused:
        await store.append([pages(stream, 0, "fits", "x" * 262_144)], CAUSE)
    assert refused.value.size > refused.value.limit == 262_144
    assert await store.load(stream) == ()
    with pytest.raises(TooLarge):  # the state alone would fit: the headers count
        await store.append([pages(stream, 0, "x" * 262_000)], CAUSE)
    assert await store.append([pages(stream, 0, "x" * 250_000)], CAUSE)


async def test_four_streams_are_the_most_that_one_append_writes(store: PostgresEventStore) -> None:
    streams = [ledger() for _ in range(5)]
    with pytest.raises(ValueError, match="4 streams at most"):
        await store.append([pages(stream, 0, "one") for stream in streams], CAUSE)
    assert len(await store.append([pages(stream, 0, "one") for stream in streams[:4]], CAUSE)) == 4
    with pytest.raises(Conflict) as conflict:
        await store.append(
            [pages(stream, at, "two") for stream, at in zip(streams, (1, 1, 1, 0), strict=False)], CAUSE
        )
    assert conflict.value.stream == streams[3]


async def test_the_same_stream_twice_and_a_time_without_a_zone_are_mistakes(
    store: PostgresEventStore,
) -> None:
    stream = ledger()
    with pytest.raises(ValueError, match="names each of its streams once"):
        await store.append([pages(stream, 0, "one"), pages(stream, 1, "two")], CAUSE)
    with pytest.raises(ValueError, match="time zone"):
        await store.append(
            [StreamWrite(stream, uuid4(), 0, (page("one", HAPPENED.replace(tzinfo=None)),))], CAUSE
        )
    assert await store.load(stream) == ()


class Stamp:
    """Seals by hiding the text: enough to see what is asked of a sealer, and when."""

    def __init__(self) -> None:
        self.asked: list[tuple[UUID, UUID]] = []

    async def seal(self, event: E, event_id: UUID, key: UUID, /) -> E:
        self.asked.append((event_id, key))
        sealed = SealedValue(
            key_id=key, event_id=event_id, field="name", nonce="bm9uY2U=", ciphertext="c2VhbGVk"
        )
        return event.model_copy(update={"name": sealed})


async def test_personal_data_is_sealed_for_its_place_in_the_stream_before_it_is_stored(pool: Pool) -> None:
    stream, key, owner = ledger(), uuid4(), uuid4()
    signed = StreamWrite(stream, key, 0, (NewEvent(PageSigned(name=Plain("Siân", owner)), HAPPENED),))
    with pytest.raises(UnsealedError):
        await PostgresEventStore(pool, "/redress/tests").append([signed], CAUSE)
    stamp = Stamp()
    store = PostgresEventStore(pool, "/redress/tests", stamp)
    recorded = await store.append([signed], CAUSE)
    assert stamp.asked == [(event_id(stream, 1), key)]
    assert isinstance(recorded[0].event, PageSigned)
    assert isinstance(recorded[0].event.name, SealedValue)
    assert "Siân".encode() not in (await store.stream_rows(stream))[0].state
    assert await store.load(stream) == recorded


async def test_a_reference_is_written_with_the_events_and_names_one_stream_for_ever(
    store: PostgresEventStore,
) -> None:
    stream, key = ledger(), uuid4()
    row = ReferenceRow(f"CASE-2026-{key.hex[:6]}", stream, key)
    await store.append([pages(stream, 0, "one", key=key)], CAUSE, receipt=receipt(), reference=row)
    assert await store.find_reference(row.reference) == row
    other = ledger()
    with pytest.raises(ReferenceTaken):
        await store.append(
            [pages(other, 0, "one")], CAUSE, reference=ReferenceRow(row.reference, other, uuid4())
        )
    assert await store.load(other) == ()
    assert await store.find_reference("CASE-2026-none") is None


async def test_reference_numbers_count_from_one_in_each_year_and_are_never_given_twice(
    store: PostgresEventStore,
) -> None:
    numbers = await asyncio.gather(*(store.allocate_reference_number(2031) for _ in range(40)))
    assert sorted(numbers) == list(range(1, 41))
    assert await store.allocate_reference_number(2032) == 1


async def test_who_looked_is_written_down_apart_from_the_stream(
    store: PostgresEventStore, pool: Pool
) -> None:
    key = uuid4()
    await store.record_access("person:a", key, "CASE-2026-1", "timeline")
    rows = await pool.fetch("SELECT principal, reference, what FROM access_log WHERE key = $1", key)
    assert [tuple(row) for row in rows] == [("person:a", "CASE-2026-1", "timeline")]
    assert await store.read_after(BEGINNING, 100_000) == tuple(
        row for row in await store.read_after(BEGINNING, 100_000) if row.envelope.key != key
    )


@pytest.mark.parametrize("table", ["stored_events", "command_receipts", "case_references", "access_log"])
@pytest.mark.parametrize(
    "change", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {}", "DROP TABLE {}"]
)
async def test_a_service_can_neither_change_nor_remove_what_is_recorded(
    pool: Pool, table: str, change: str
) -> None:
    column = await pool.fetchval(
        "SELECT column_name FROM information_schema.columns WHERE table_name = $1 AND is_identity = 'NO' LIMIT 1",
        table,
    )
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await pool.execute(change.format(table, column, column))


async def test_the_auditor_reads_the_events_and_writes_nothing(
    database: Ways, store: PostgresEventStore
) -> None:
    await store.append([pages(ledger(), 0, "one")], CAUSE)
    auditor = await asyncpg.connect(database.auditor)
    try:
        assert await auditor.fetchval("SELECT count(*) FROM stored_events") > 0
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await auditor.execute(
                "INSERT INTO access_log (principal, key, what) VALUES ('a', gen_random_uuid(), 'b')"
            )
    finally:
        await auditor.close()
