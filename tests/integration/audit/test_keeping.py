"""Audit keeps every event as received, once, for ever."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
from aiokafka import AIOKafkaProducer

from services.audit.application.checkpoints.heads import heads_at, roots_at
from services.audit.views.log.headers import unpack
from services.audit.views.log.rows import case_rows
from services.audit.views.log.tree import sizes
from shared.kit.events import Event, event
from shared.kit.log import PARTITIONS
from shared.kit.merkle import CaseHead, leaf_of
from shared.kit.merkle.tree import Tree
from tests.integration.audit.council import Council
from tests.kit.log import records
from tests.kit.running import running


@event("redress.test.permit-lost.v1")
class PermitLost(Event):
    """An event of a type that audit is told nothing of."""

    permit: int


async def test_what_is_kept_are_the_very_bytes_of_the_log_unknown_types_too(council: Council) -> None:
    case = await council.open_case()
    await council.record("ombudsman", f"ombudsman-{case}", case, PermitLost(permit=17))
    await council.flow()
    log = {
        (dict(record.headers)["ce_stream"].decode(), int(dict(record.headers)["ce_sequence"])): record
        for record in await records(council.places.bootstrap, council.places.topic, PARTITIONS)
    }
    rows = await case_rows(council.audit, case)
    assert len(rows) == len(log) == 6
    for row in rows:
        record = log[row.envelope.stream, row.envelope.version]
        assert (row.partition, row.log_offset) == (record.partition, record.offset)
        assert (unpack(row.headers), row.value) == (tuple(record.headers), record.value)
        assert row.leaf_hash == leaf_of(record.headers, record.value)


async def test_each_partition_has_one_tree_in_offset_order_and_each_case_a_chain(council: Council) -> None:
    cases = [await council.open_case(f"CR-2026-{number:06}", notes=number % 9) for number in range(12)]
    await council.flow()
    for number, case in enumerate(cases):
        await council.record("ombudsman", f"ombudsman-{case}", case, PermitLost(permit=number))
    await council.flow()
    async with council.audit.acquire() as connection:
        found = await sizes(connection, range(PARTITIONS))
    leaves = await council.audit.fetch("SELECT * FROM audit_log ORDER BY partition, leaf_index")
    trees = {partition: Tree() for partition in range(PARTITIONS)}
    heads: dict[object, CaseHead] = {}
    last = dict.fromkeys(range(PARTITIONS), -1)
    for row in leaves:
        assert row["leaf_index"] == trees[row["partition"]].size
        assert row["log_offset"] > last[row["partition"]]
        last[row["partition"]] = row["log_offset"]
        trees[row["partition"]].append(row["leaf_hash"])
        heads[row["key"]] = heads.get(row["key"], CaseHead(row["key"])).then(row["leaf_hash"])
    now = [found[partition] for partition in range(PARTITIONS)]
    assert [tree.size for tree in trees.values()] == now
    assert [head.root for head in await roots_at(council.audit, now)] == [t.root() for t in trees.values()]
    by_case = sorted(heads.values(), key=lambda head: head.case.bytes)
    assert await heads_at(council.audit, now) == by_case
    # Any earlier tree can be asked for as well.
    before = [size // 2 for size in now]
    roots = [
        Tree(
            row["leaf_hash"] for row in leaves if row["partition"] == number and row["leaf_index"] < size
        ).root()
        for number, size in enumerate(before)
    ]
    assert [head.root for head in await roots_at(council.audit, before)] == roots


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_log SET value = ''",
        "DELETE FROM audit_log",
        "TRUNCATE audit_log",
        "UPDATE tree_nodes SET hash = hash",
        "DELETE FROM tree_nodes",
        "DELETE FROM alarms",
        "UPDATE checkpoints SET note = ''",
        "DELETE FROM checkpoints",
        "DELETE FROM checkpoint_deliveries",
    ],
)
async def test_audit_s_own_role_can_add_and_read_and_nothing_else(council: Council, statement: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await council.audit.execute(statement)


async def test_a_repeat_with_the_same_bytes_changes_nothing(council: Council) -> None:
    case = await council.open_case()
    await council.flow()
    before = await council.audit.fetch("SELECT * FROM audit_log ORDER BY partition, leaf_index")
    await _send_again(council, case, lambda value: value)
    await council.record("ombudsman", f"ombudsman-{case}", case, PermitLost(permit=1))
    await council.flow()
    after = await council.audit.fetch("SELECT * FROM audit_log ORDER BY partition, leaf_index")
    assert after[: len(before)] == before
    assert len(after) == len(before) + 1
    assert await council.audit.fetchval("SELECT count(*) FROM alarms") == 0


async def test_the_same_event_with_other_bytes_raises_an_alarm_and_changes_nothing(council: Council) -> None:
    case = await council.open_case()
    await council.flow()
    before = await council.audit.fetch("SELECT * FROM audit_log ORDER BY partition, leaf_index")
    for _ in range(2):
        await _send_again(council, case, lambda value: value.replace(b"web-form", b"phone"))
    await council.record("ombudsman", f"ombudsman-{case}", case, PermitLost(permit=1))
    await council.flow()
    after = await council.audit.fetch("SELECT * FROM audit_log ORDER BY partition, leaf_index")
    assert after[: len(before)] == before
    (alarm,) = await council.audit.fetch("SELECT * FROM alarms")
    assert (alarm["kind"], alarm["stream"], alarm["version"]) == ("other-bytes", f"case-{case}", 1)
    assert b"phone" in alarm["value"]


async def test_an_event_whose_id_is_not_derived_is_kept_and_raises_an_alarm(council: Council) -> None:
    case = await council.open_case()
    await council.flow()
    other = {"ce_sequence": b"5", "ce_id": str(uuid4()).encode(), "ce_type": b"redress.test.forged.v1"}
    forged = [(name, other.get(name, value)) for name, value in (await _record(council, case)).headers]
    await _send(council, case, forged, b'{"text": "forged"}')
    async with running(council.subscriber_run()):
        await council.kept(6)
    (alarm,) = await council.audit.fetch("SELECT * FROM alarms")
    assert (alarm["kind"], alarm["version"]) == ("id-not-derived", 5)


async def _record(council: Council, case: object) -> Any:
    log = await records(council.places.bootstrap, council.places.topic, PARTITIONS)
    return next(r for r in log if dict(r.headers)["ce_stream"] == f"case-{case}".encode())


async def _send_again(council: Council, case: object, change: Callable[[bytes], bytes]) -> None:
    record = await _record(council, case)
    await _send(council, case, record.headers, change(record.value))


async def _send(council: Council, case: object, headers: Iterable[tuple[str, bytes]], value: bytes) -> None:
    producer = AIOKafkaProducer(bootstrap_servers=council.places.bootstrap)
    await producer.start()
    try:
        await producer.send_and_wait(
            council.places.topic, key=str(case).encode(), value=value, headers=list(headers)
        )
    finally:
        await producer.stop()
