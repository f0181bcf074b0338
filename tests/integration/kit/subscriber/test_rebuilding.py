"""Views are rebuilt beside the live ones, and take their place only if they say the same."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest

from shared.kit.eventstore import Pool
from shared.kit.log import Connection, Rebuild, Subscriber, SwitchRefused, View
from shared.kit.log.subscriber import RebuildNeeded, StaleViews
from tests.conftest import until
from tests.integration.kit.subscriber.log import PARTITIONS, Log, Stream, note
from tests.integration.kit.subscriber.test_reading import applied, subscriber
from tests.integration.kit.subscriber.views import Notes, Reminders, Tallies, noted, tallied
from tests.kit.running import running


def rebuild(
    pool: Pool, log: Log, *views: View, only: list[str] | None = None, accept: bool = False
) -> Rebuild:
    """A rebuild of these views."""
    return Rebuild(
        pool,
        log.bootstrap,
        log.service,
        views,
        [Reminders()],
        only=only,
        topic=log.topic,
        partitions=PARTITIONS,
        accept_changes=accept,
    )


@asynccontextmanager
async def writing(log: Log, streams: list[Stream]) -> AsyncIterator[None]:
    """New events arrive all the time, as long as the block runs."""

    async def write() -> None:
        while True:
            await log.send_all([note(stream) for stream in streams])
            await asyncio.sleep(0.01)

    async with running(write()):
        yield


async def oid(pool: Pool, table: str) -> int:
    """Which table bears the name."""
    found = await pool.fetchval("SELECT $1::regclass::oid::bigint", table)
    return int(found)


async def test_a_rebuild_takes_over_beside_new_events_row_for_row_the_same(pool: Pool, log: Log) -> None:
    streams = [Stream.new() for _ in range(20)]
    await log.send_all([note(stream) for _ in range(200) for stream in streams])
    reader = subscriber(pool, log, reactors=[Reminders()])
    async with running(reader.run()):
        await applied(reader, 4000)
        before = await oid(pool, "views.notes")
        await pool.execute("DELETE FROM due_work")
        async with writing(log, streams):
            done = await rebuild(pool, log, Notes(), Tallies()).run()
        assert await oid(pool, "views.notes") != before
        assert {each.table: each.equal for each in done.compared} == {"notes": True, "tallies": True}
        written = sum(stream.version for stream in streams)
        await until(lambda: reader._folder.counts.applied == written)
    assert await noted(pool) == {stream.name: list(range(1, stream.version + 1)) for stream in streams}
    assert await tallied(pool) == written
    assert await pool.fetchval("SELECT to_regnamespace('views_next')") is None
    assert await pool.fetchval("SELECT count(*) FROM due_work") == written


async def test_a_spoiled_fold_is_not_switched_to(pool: Pool, log: Log) -> None:
    stream = Stream.new()
    await log.send(*[note(stream) for _ in range(10)])
    reader = subscriber(pool, log)
    async with running(reader.run()):
        await applied(reader, 10)
        before = await oid(pool, "views.notes")
        with pytest.raises(SwitchRefused, match="notes: 10 rows live, 10 rebuilt, 10 missing, 10 too many"):
            await rebuild(pool, log, Notes(spoil=True), Tallies()).run()
        assert await oid(pool, "views.notes") == before
        await log.send(note(stream))
        await applied(reader, 11)
    assert await pool.fetchval("SELECT to_regnamespace('views_next')") is None


async def test_a_case_that_only_the_rebuild_parks_prevents_the_switch(pool: Pool, log: Log) -> None:
    stream = Stream.new()
    await log.send(note(stream), note(stream, "poison"))
    reader = subscriber(pool, log)
    async with running(reader.run()):
        await applied(reader, 2)
        with pytest.raises(SwitchRefused, match=f"parked in the rebuild.*{stream.key}"):
            await rebuild(pool, log, Notes(poison={"poison"}), Tallies()).run()


async def test_a_rebuild_with_the_repaired_fold_frees_what_was_parked(pool: Pool, log: Log) -> None:
    stream = Stream.new()
    await log.send(note(stream), note(stream, "poison"), note(stream))
    reader = subscriber(pool, log, Notes(poison={"poison"}), Tallies())
    async with running(reader.run()):
        await until(lambda: reader._folder.counts.parked == 1)
        await until(lambda: sum(reader._reading.places.values()) == 3)
        await rebuild(pool, log, Notes(), Tallies()).run()
        await log.send(note(stream))
        await applied(reader, 2)
        assert (await reader.status()).parked == 0
    assert await noted(pool) == {stream.name: [1, 2, 3, 4]}


@dataclass
class LongerNotes(Notes):
    """The next version: one column more."""

    version: int = 2
    schema_sql: str = (
        "CREATE TABLE notes (stream text, version bigint, key uuid, text text, length integer"
        " GENERATED ALWAYS AS (length(text)) STORED, PRIMARY KEY (stream, version))"
    )


async def test_another_version_wants_a_rebuild_and_the_old_program_stops_writing(
    pool: Pool, log: Log
) -> None:
    stream = Stream.new()
    await log.send(*[note(stream) for _ in range(10)])
    old = subscriber(pool, log)
    old_life = asyncio.create_task(old.run())
    await applied(old, 10)
    new = subscriber(pool, log, LongerNotes(), Tallies())
    with pytest.raises(RebuildNeeded) as needed:
        await new.run()
    assert needed.value.views == ("notes",)
    done = await rebuild(pool, log, LongerNotes(), Tallies(), only=["notes"]).run()
    assert [(each.table, each.equal, each.same_shape) for each in done.compared] == [("notes", True, False)]
    await log.send(note(stream))
    with pytest.raises(StaleViews):
        await asyncio.wait_for(old_life, 20)
    again = subscriber(pool, log, LongerNotes(), Tallies())
    async with running(again.run()):
        await applied(again, 1)
    assert await noted(pool) == {stream.name: list(range(1, 12))}
    assert await pool.fetchval("SELECT sum(length) FROM views.notes") == 11 * len("noted")


async def test_a_changed_view_may_say_something_else_only_when_that_is_accepted(pool: Pool, log: Log) -> None:
    stream = Stream.new()
    await log.send(note(stream))
    reader = subscriber(pool, log)
    async with running(reader.run()):
        await applied(reader, 1)
    changed = LongerNotes(spoil=True)
    with pytest.raises(SwitchRefused):
        await rebuild(pool, log, changed, Tallies()).run()
    await rebuild(pool, log, changed, Tallies(), accept=True).run()
    assert await pool.fetchval("SELECT text FROM views.notes") == "noted (spoiled)"


class Idle:
    """A view that folds nothing."""

    name = "idle"
    version = 1
    tables: tuple[str, ...] = ()
    schema_sql = ""

    async def fold(self, connection: Connection, events: object) -> None:
        """Nothing."""


async def test_only_one_rebuild_runs_at_a_time(pool: Pool, log: Log) -> None:
    reader: Subscriber = subscriber(pool, log, Idle())
    async with running(reader.run()):
        await until(lambda: reader._reading.assigned != set() and not reader._reading.lost)
        first, second = rebuild(pool, log, Idle()), rebuild(pool, log, Idle())
        results = await asyncio.gather(first.run(), second.run(), return_exceptions=True)
    refused = [each for each in results if isinstance(each, BaseException)]
    assert [type(each).__name__ for each in refused] == ["RebuildUnderWay"]
