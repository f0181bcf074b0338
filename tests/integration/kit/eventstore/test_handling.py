"""Commands round a decider: tried again on conflict, once for each id, refused with what the caller needs."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID, uuid4

import pytest

from shared.kit.decider import Decider, Refused
from shared.kit.events import Event, Recorded
from shared.kit.eventstore import (
    Cause,
    CommandReceipt,
    CommandReused,
    Handled,
    Order,
    Pool,
    PostgresEventStore,
    ReferenceRow,
    Side,
    StaleVersion,
    StreamWrite,
    TooContended,
    UnknownInStream,
    handle,
    handle_many,
)
from shared.kit.eventstore.handling import TRIES
from tests.integration.kit.eventstore.ledger import (
    CAUSE,
    HAPPENED,
    PageWritten,
    insert_as_stored,
    ledger,
    pages,
)

State = tuple[str, ...]
FULL: Final = 20


@dataclass(frozen=True)
class Write:
    """Write a page, once; nothing to do if the last page says it already."""

    text: str


def decide(command: Write, state: State) -> tuple[PageWritten, ...]:
    if len(state) >= FULL:
        raise Refused("ledger-full", "Start another ledger.", "Rule 1")
    if state and state[-1] == command.text:
        return ()
    return (PageWritten(text=command.text),)


def evolve(state: State, event: PageWritten) -> State:
    return (*state, event.text)


LEDGER: Final[Decider[Write, State, PageWritten]] = Decider(decide, evolve, ())


def order(**circumstances: Any) -> Order:
    return Order(CAUSE, circumstances.pop("command_id", uuid4()), HAPPENED, **circumstances)


async def owe(pool: Pool, row: UUID) -> None:
    await pool.execute(
        "INSERT INTO due_work (id, key, stream, command, payload, due_at, turn_at, claim_at,"
        " correlation_id, causation_id) VALUES ($1, $1, 's', 'c', '{}', now(), now(), now(), $1, $1)",
        row,
    )


async def is_owed(pool: Pool, row: UUID) -> bool:
    return await pool.fetchval("SELECT 1 FROM due_work WHERE id = $1", row) is not None


async def test_a_command_leads_to_its_events_and_an_answer(store: PostgresEventStore) -> None:
    stream, key = ledger(), uuid4()
    row = ReferenceRow(f"CASE-{key.hex}", stream, key)
    given = order(answer={"reference": row.reference}, reference=row)
    handled = await handle(store, LEDGER, stream, key, Write("one"), order=given)
    assert handled.answer == {
        "stream": stream,
        "version": 1,
        "events": ["redress.tests.page-written.v2"],
        "reference": row.reference,
    }
    assert (handled.version, handled.repeated, handled.refused) == (1, False, None)
    assert await store.load(stream) == handled.recorded
    assert await store.find_reference(row.reference) == row


async def test_writers_in_each_others_way_all_succeed_in_the_end(store: PostgresEventStore) -> None:
    stream, key = ledger(), uuid4()
    await asyncio.gather(
        *(handle(store, LEDGER, stream, key, Write(str(n)), order=order()) for n in range(6))
    )
    assert sorted(
        one.event.text for one in await store.load(stream) if isinstance(one.event, PageWritten)
    ) == [*"012345"]


async def test_a_repeat_gives_the_first_answer_even_where_the_rules_would_now_refuse_it(
    store: PostgresEventStore,
) -> None:
    stream, key = ledger(), uuid4()
    await store.append([pages(stream, 0, *(str(n) for n in range(FULL - 1)), key=key)], CAUSE)
    given = order(marks=(b"h",), expected_version=FULL - 1)
    first = await handle(store, LEDGER, stream, key, Write("last"), order=given)
    again = await handle(store, LEDGER, stream, key, Write("last"), order=given)
    assert (again.answer, again.repeated, again.recorded) == (first.answer, True, ())
    unpinned = await handle(
        store, LEDGER, stream, key, Write("last"), order=replace(given, expected_version=None)
    )
    assert unpinned.answer == first.answer
    assert len(await store.load(stream)) == FULL


async def test_a_command_id_with_another_body_is_refused(store: PostgresEventStore) -> None:
    stream, key, command = ledger(), uuid4(), uuid4()
    await handle(store, LEDGER, stream, key, Write("one"), order=order(command_id=command, marks=(b"one",)))
    with pytest.raises(CommandReused):
        await handle(
            store, LEDGER, stream, key, Write("two"), order=order(command_id=command, marks=(b"two",))
        )
    assert len(await store.load(stream)) == 1


async def test_a_stale_version_is_refused_with_what_changed_meanwhile(store: PostgresEventStore) -> None:
    stream, key = ledger(), uuid4()
    recorded = await store.append([pages(stream, 0, "one", "two", "three", key=key)], CAUSE)
    with pytest.raises(StaleVersion) as stale:
        await handle(store, LEDGER, stream, key, Write("four"), order=order(expected_version=1))
    assert (stale.value.expected, stale.value.actual, stale.value.changed) == (1, 3, recorded[1:])
    with pytest.raises(StaleVersion) as ahead:
        await handle(store, LEDGER, stream, key, Write("four"), order=order(expected_version=9))
    assert ahead.value.changed == ()
    assert (
        await handle(store, LEDGER, stream, key, Write("four"), order=order(expected_version=3))
    ).version == 4


class Overtaken(PostgresEventStore):
    """A store in which somebody else always writes between the load and the append."""

    times = 1

    async def append(
        self,
        writes: Sequence[StreamWrite],
        cause: Cause,
        *,
        receipt: CommandReceipt | None = None,
        done: UUID | None = None,
        reference: ReferenceRow | None = None,
    ) -> tuple[Recorded[Event], ...]:
        if self.times > 0:
            self.times -= 1
            await super().append([pages(writes[0].stream, writes[0].expected_version, "first")], cause)
        return await super().append(writes, cause, receipt=receipt, done=done, reference=reference)


async def test_overtaken_between_load_and_append_the_command_is_decided_anew(pool: Pool) -> None:
    store, stream = Overtaken(pool, "/redress/tests"), ledger()
    handled = await handle(store, LEDGER, stream, uuid4(), Write("second"), order=order())
    assert (handled.version, [one.event for one in handled.recorded]) == (2, [PageWritten(text="second")])


async def test_overtaken_with_a_pinned_version_the_command_is_stale(pool: Pool) -> None:
    store, stream = Overtaken(pool, "/redress/tests"), ledger()
    with pytest.raises(StaleVersion) as stale:
        await handle(store, LEDGER, stream, uuid4(), Write("second"), order=order(expected_version=0))
    assert [one.event for one in stale.value.changed] == [PageWritten(text="first")]
    assert len(await store.load(stream)) == 1


async def test_overtaken_every_time_the_command_gives_up_and_says_so(pool: Pool) -> None:
    store = Overtaken(pool, "/redress/tests")
    store.times = TRIES
    with pytest.raises(TooContended, match="try again"):
        await handle(store, LEDGER, ledger(), uuid4(), Write("never"), order=order())


async def test_a_persons_refused_command_leaves_no_receipt_and_is_decided_anew(
    store: PostgresEventStore,
) -> None:
    stream, key, given = ledger(), uuid4(), order()
    await store.append([pages(stream, 0, *(str(n) for n in range(FULL)), key=key)], CAUSE)
    with pytest.raises(Refused) as refused:
        await handle(store, LEDGER, stream, key, Write("more"), order=given)
    assert (refused.value.code, refused.value.citation) == ("ledger-full", "Rule 1")
    assert await store.receipt(CAUSE.principal, given.command_id) is None
    roomier = replace(LEDGER, decide=lambda command, _: (PageWritten(text=command.text),))
    assert (await handle(store, roomier, stream, key, Write("more"), order=given)).version == FULL + 1


async def test_a_due_commands_append_deletes_its_due_row_in_the_same_statement(
    store: PostgresEventStore, pool: Pool
) -> None:
    stream, row = ledger(), uuid4()
    await owe(pool, row)
    closed = replace(LEDGER, decide=lambda *_: _refuse())
    with pytest.raises(Refused):
        await handle(store, closed, stream, uuid4(), Write("one"), order=order(command_id=row, done=row))
    assert await is_owed(pool, row)
    await handle(store, LEDGER, stream, uuid4(), Write("one"), order=order(command_id=row, done=row))
    assert not await is_owed(pool, row)
    transactions = await pool.fetch(
        "SELECT transaction_id::text FROM stored_events WHERE originator_id = $1"
        " UNION SELECT xmin::text FROM command_receipts WHERE command_id = $2",
        stream,
        row,
    )
    assert len(transactions) == 1


def _refuse() -> tuple[PageWritten, ...]:
    raise Refused("closed", "Nothing to do.")


async def test_a_due_command_refused_by_a_rule_is_done_once_and_leaves_its_receipt(
    store: PostgresEventStore, pool: Pool
) -> None:
    stream, row = ledger(), uuid4()
    await owe(pool, row)
    closed = replace(LEDGER, decide=lambda *_: _refuse())
    given = order(command_id=row, done=row, refusal_is_final=True)
    first = await handle(store, closed, stream, uuid4(), Write("one"), order=given)
    assert first.refused is not None
    assert first.refused.code == "closed"
    assert not await is_owed(pool, row)
    again = await handle(store, LEDGER, stream, uuid4(), Write("one"), order=given)
    assert again.repeated
    assert again.refused is not None
    assert (again.refused.code, again.refused.title) == ("closed", "Nothing to do.")
    assert await store.load(stream) == ()


async def test_a_due_row_that_came_back_after_it_was_done_is_deleted_again(
    store: PostgresEventStore, pool: Pool
) -> None:
    stream, row = ledger(), uuid4()
    given = order(command_id=row, done=row)
    await handle(store, LEDGER, stream, uuid4(), Write("one"), order=given)
    await owe(pool, row)
    assert (await handle(store, LEDGER, stream, uuid4(), Write("one"), order=given)).repeated
    assert not await is_owed(pool, row)


async def test_a_command_with_nothing_to_do_is_answered_and_done(store: PostgresEventStore) -> None:
    stream, key, given = ledger(), uuid4(), order()
    await store.append([pages(stream, 0, "one", key=key)], CAUSE)
    handled = await handle(store, LEDGER, stream, key, Write("one"), order=given)
    assert (handled.version, handled.recorded) == (1, ())
    await store.append([pages(stream, 1, "two", key=key)], CAUSE)
    assert (await handle(store, LEDGER, stream, key, Write("one"), order=given)).answer == handled.answer
    assert len(await store.load(stream)) == 2


async def test_nothing_is_decided_on_a_stream_with_an_event_that_a_newer_program_wrote(
    store: PostgresEventStore, pool: Pool
) -> None:
    stream, key = ledger(), uuid4()
    await insert_as_stored(pool, stream, "redress.tests.from-the-future.v1", b"{}")
    with pytest.raises(UnknownInStream, match=r"from-the-future\.v1"):
        await handle(store, LEDGER, stream, key, Write("one"), order=order())


def move(
    command: Write, source: State, target: State
) -> tuple[tuple[PageWritten, ...], tuple[PageWritten, ...]]:
    """Moves everything: the source gets a closing page, the target all the pages."""
    if target and target[-1] == command.text:
        raise Refused("merged", "They are one already.")
    return (PageWritten(text=command.text),), tuple(
        PageWritten(text=text) for text in (*source, command.text)
    )


def side(stream: str, key: UUID) -> Side[State]:
    return Side(stream, key, evolve, ())


async def merge(
    store: PostgresEventStore, left: tuple[str, UUID], right: tuple[str, UUID], given: Order
) -> Handled:
    sides = side(*left), side(*right)
    return await handle_many(
        store, sides, lambda: move(Write("merged"), sides[0].state, sides[1].state), order=given
    )


async def test_two_streams_are_decided_and_written_together(store: PostgresEventStore) -> None:
    (left, left_key), (right, right_key) = (ledger(), uuid4()), (ledger(), uuid4())
    await store.append([pages(left, 0, "one", "two", key=left_key)], CAUSE)
    given = order(expected_version=2)
    handled = await merge(store, (left, left_key), (right, right_key), given)
    assert (handled.answer["stream"], handled.version, len(handled.answer["events"])) == (left, 3, 4)
    assert [len(await store.load(left)), len(await store.load(right))] == [3, 3]
    again = await merge(store, (left, left_key), (right, right_key), given)
    assert (again.repeated, again.answer) == (True, handled.answer)
    with pytest.raises(Refused):
        await merge(store, (left, left_key), (right, right_key), order())
