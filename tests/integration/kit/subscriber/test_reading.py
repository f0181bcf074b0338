"""What is read is applied once, in the order of its stream, whatever else lies in the log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from shared.kit.eventstore import Pool
from shared.kit.log import Reactor, Subscriber, View
from tests.conftest import until
from tests.integration.kit.subscriber.log import PARTITIONS, Log, Sent, Stream, note, unknown
from tests.integration.kit.subscriber.views import Notes, Reminders, Tallies, noted, tallied
from tests.kit.running import running


def subscriber(
    pool: Pool, log: Log, *views: View, reactors: Sequence[Reactor] = (), max_records: int = 5000
) -> Subscriber:
    """The service's only member."""
    return Subscriber(
        pool,
        log.bootstrap,
        log.service,
        views or (Notes(), Tallies()),
        reactors,
        topic=log.topic,
        partitions=PARTITIONS,
        max_records=max_records,
    )


async def applied(reader: Subscriber, events: int) -> None:
    """Waits until so many events have been applied, and everything has been read."""
    await until(lambda: reader._folder.counts.applied >= events, 30)


async def test_a_backlog_and_what_comes_after_it_are_applied_once_and_in_order(pool: Pool, log: Log) -> None:
    streams = [Stream.new() for _ in range(40)]
    await log.send_all([note(stream) for _ in range(50) for stream in streams])
    reader = subscriber(pool, log, Notes(), Tallies(), reactors=[Reminders()])
    async with running(reader.run()):
        await applied(reader, 2000)
        await log.send_all([note(stream) for _ in range(5) for stream in streams])
        await applied(reader, 2200)
    assert await noted(pool) == {stream.name: list(range(1, 56)) for stream in streams}
    assert await tallied(pool) == 2200
    assert await pool.fetchval("SELECT count(*) FROM due_work") == 2200


async def test_a_restart_goes_on_where_it_stopped(pool: Pool, log: Log) -> None:
    stream = Stream.new()
    await log.send(*[note(stream) for _ in range(10)])
    first = subscriber(pool, log)
    async with running(first.run()):
        await applied(first, 10)
    await log.send(*[note(stream) for _ in range(10)])
    second = subscriber(pool, log)
    async with running(second.run()):
        await applied(second, 10)
    assert second._folder.counts.repeats == 0
    assert await noted(pool) == {stream.name: list(range(1, 21))}


async def test_repeats_are_dropped_and_a_gap_is_held_until_it_is_filled(pool: Pool, log: Log) -> None:
    stream = Stream.new()
    one, two, three, four = (note(stream, text) for text in ("one", "two", "three", "four"))
    await log.send(one, one, four, three, four)
    first = subscriber(pool, log)
    async with running(first.run()):
        await until(lambda: first._folder.counts.held == 2)
        status = await first.status()
        assert (status.held, status.applied, status.repeats) == (2, 1, 1)
    # What is held survives a restart: the position has moved past it.
    second = subscriber(pool, log)
    async with running(second.run()):
        await log.send(two)
        await applied(second, 3)
        status = await second.status()
        assert (status.held, status.parked) == (0, 0)
    assert await noted(pool) == {stream.name: [1, 2, 3, 4]}


async def test_an_unknown_type_is_counted_and_passed_over(pool: Pool, log: Log) -> None:
    stream = Stream.new()
    await log.send(note(stream), unknown(stream), note(stream))
    reader = subscriber(pool, log)
    async with running(reader.run()):
        await applied(reader, 3)
        status = await reader.status()
    assert status.unknown == {"redress.test.unheard-of.v9": 1}
    assert await noted(pool) == {stream.name: [1, 3]}


async def test_what_cannot_be_read_parks_its_case_and_nobody_else(pool: Pool, log: Log) -> None:
    bad_header, bad_json, no_headers, well = (Stream.new() for _ in range(4))
    broken = note(bad_header)
    broken.headers[2] = ("ce_source", b"\xff\xfe")
    garbled = note(bad_json)
    garbled.value = b"{not json"
    await log.send(
        note(well),
        broken,
        note(bad_header),
        garbled,
        Sent(str(no_headers.key).encode(), []),
        note(well),
        note(bad_json),
        note(well),
    )
    reader = subscriber(pool, log)
    async with running(reader.run()):
        await applied(reader, 3)
        await until(lambda: reader._folder.counts.parked == 3)
        await until(lambda: reader._reading.lost == set())
        status = await reader.status()
    assert status.parked == 3
    assert await noted(pool) == {well.name: [1, 2, 3]}
    queued = await pool.fetch("SELECT key, error FROM views.parked_events ORDER BY number")
    assert sorted(str(row["key"]) for row in queued) == sorted(
        map(str, [bad_header.key, bad_header.key, bad_json.key, bad_json.key, no_headers.key])
    )


async def test_a_record_without_a_readable_key_stops_its_partition(pool: Pool, log: Log) -> None:
    streams = [Stream.new() for _ in range(30)]
    await log.send(*[note(stream) for stream in streams])
    (lies,) = await log.send(Sent(b"not an id", [], b"{}"))
    await log.send(*[note(stream) for stream in streams])
    reader = subscriber(pool, log)
    async with running(reader.run()):
        await until(lambda: bool(reader._reading.stopped))
        await until(lambda: reader._reading.places.get(lies.partition) == lies.offset)
        status = await reader.status()
        assert status.partitions[lies.partition].stopped is not None
        assert not status.caught_up
        others = {p: each for p, each in status.partitions.items() if p != lies.partition}
        await until(lambda: all(reader._reading.status()[p].lag == 0 for p in others))
    assert (await reader.offsets())[lies.partition].offset == lies.offset


async def test_a_fold_that_fails_parks_the_case_and_replay_applies_what_queued(pool: Pool, log: Log) -> None:
    sick, well = Stream.new(), Stream.new()
    view = Notes(poison={"poison"})
    await log.send(note(sick), note(well), note(sick, "poison"), note(sick), note(well))
    reader = subscriber(pool, log, view, Tallies(), reactors=[Reminders()])
    async with running(reader.run()):
        await applied(reader, 3)
        await until(lambda: reader._folder.counts.parked == 1)
        await log.send(note(sick), note(well))
        await applied(reader, 4)
        assert await noted(pool) == {sick.name: [1], well.name: [1, 2, 3]}
        still = await reader.replay(sick.key)
        assert still is not None
        assert "poison" in still
        assert await noted(pool) == {sick.name: [1], well.name: [1, 2, 3]}
        view.poison.clear()
        assert await reader.replay(sick.key) is None
        assert await noted(pool) == {sick.name: [1, 2, 3, 4], well.name: [1, 2, 3]}
        await log.send(note(sick))
        await until(lambda: reader._folder.counts.applied == 8)
        assert (await reader.status()).parked == 0
    assert await tallied(pool) == 8
    assert await pool.fetchval("SELECT count(*) FROM due_work") == 8


async def test_events_that_arrive_during_a_replay_are_not_lost(pool: Pool, log: Log) -> None:
    sick = Stream.new()
    view = Notes(poison={"poison"})
    await log.send(note(sick, "poison"))
    reader = subscriber(pool, log, view, max_records=3)
    async with running(reader.run()):
        await until(lambda: reader._folder.counts.parked == 1)
        for _ in range(20):
            view.poison = {"poison"}
            await log.send(*[note(sick) for _ in range(20)])
            view.poison = set()
            assert await reader.replay(sick.key) is None
        await until(lambda: reader._folder.counts.applied == 401, 30)
    assert await noted(pool) == {sick.name: list(range(1, 402))}


async def test_lag_is_told_in_events_and_seconds(pool: Pool, log: Log) -> None:
    stream = Stream.new()
    await log.send(*[note(stream) for _ in range(10)])
    reader = subscriber(pool, log)
    async with running(reader.run()):
        await applied(reader, 10)
        await until(lambda: all(p.highwater is not None for p in reader._reading.status().values()))
        await until(lambda: reader._reading.lost == set())
        status = await reader.status()
    assert status.caught_up
    assert status.lag == 0
    assert timedelta(seconds=status.lag_seconds) < timedelta(seconds=5)
