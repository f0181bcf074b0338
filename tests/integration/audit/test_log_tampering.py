"""Whoever writes to the log beside the relays, or changes a byte on the broker's disk: it is found, and named."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from aiokafka import AIOKafkaProducer

from deploy.embedded.supervisor import Embedded
from shared.contracts.intake import Closed
from shared.kit.events import derive
from shared.kit.log import PARTITIONS
from tests.integration.audit.council import Council
from tests.kit.log import records
from tests.kit.running import running


async def _headers_of(council: Council, stream: str, version: int) -> list[tuple[str, bytes]]:
    log = await records(council.places.bootstrap, council.places.topic, PARTITIONS)
    place = (stream.encode(), str(version).encode())
    return next(
        list(record.headers)
        for record in log
        if (dict(record.headers)["ce_stream"], dict(record.headers)["ce_sequence"]) == place
    )


async def _send(
    council: Council, case: UUID, headers: Iterable[tuple[str, bytes]], value: bytes
) -> tuple[int, int]:
    producer = AIOKafkaProducer(bootstrap_servers=council.places.bootstrap)
    await producer.start()
    try:
        key = str(case).encode()
        sent = await producer.send_and_wait(council.places.topic, key=key, value=value, headers=list(headers))
    finally:
        await producer.stop()
    return sent.partition, sent.offset


def _forged(headers: list[tuple[str, bytes]], stream: str, version: int) -> list[tuple[str, bytes]]:
    other = {
        "ce_sequence": str(version).encode(),
        "ce_id": str(derive.event_id(stream, version)).encode(),
        "ce_type": b"redress.test.forged.v1",
    }
    return [(name, other.get(name, value)) for name, value in headers]


async def test_a_record_added_by_a_producer_is_found_before_and_after_audit_has_read_it(
    council: Council,
) -> None:
    case = await council.open_case()
    await council.flow()
    stream = f"case-{case}"
    forged = _forged(await _headers_of(council, stream, 4), stream, 5)
    partition, offset = await _send(council, case, forged, b'{"forged": true}')

    (fault,) = (await council.verify()).faults
    assert (fault.where, fault.what, fault.stream, fault.version) == ("the log", "added", stream, 5)
    assert (fault.partition, fault.offset) == (partition, offset)

    async with running(council.subscriber_run()):
        await council.kept(6)
    (fault,) = (await council.verify()).faults
    # Store and log can't tell which of them is right about the end of a stream: both ways are said.
    assert (fault.where, fault.what, fault.stream, fault.version) == ("intake's table", "removed", stream, 5)
    assert fault.detail == "or somebody else added it to the log"

    # When the service then records its own fifth event, the two stand side by side.
    await council.record("intake", stream, case, Closed(ground="answered", closed_on=date(2026, 12, 1)))
    await council.publish()
    fault = (await council.verify()).faults[0]
    assert (fault.where, fault.what, fault.stream, fault.version) == ("the log", "added", stream, 5)
    assert (fault.partition, fault.offset) == (partition, offset)


async def test_the_same_event_again_with_other_bytes_is_found(council: Council) -> None:
    case = await council.open_case()
    await council.flow()
    stream = f"case-{case}"
    place = await _send(council, case, await _headers_of(council, stream, 2), b'{"other": "bytes"}')
    (fault,) = (await council.verify()).faults
    assert (fault.where, fault.what, fault.stream, fault.version) == ("the log", "added", stream, 2)
    assert (fault.partition, fault.offset) == place


async def test_a_record_that_is_no_event_is_found(council: Council) -> None:
    case = await council.open_case()
    await council.flow()
    place = await _send(council, case, [], b"hello")
    (fault,) = (await council.verify()).faults
    assert (fault.where, fault.what, fault.detail) == ("the log", "added", "a record that is no event")
    assert (fault.partition, fault.offset) == place


async def test_a_byte_changed_on_the_broker_s_disk_is_found(council: Council, embedded: Embedded) -> None:
    case = await council.open_case()
    await council.flow()
    row = await council.audit.fetchrow(
        "SELECT partition, log_offset, value FROM audit_log WHERE stream = $1 AND version = 1", f"case-{case}"
    )
    assert row is not None
    (broker,) = embedded.brokers
    await broker.stop()
    try:
        folder = f"{council.places.topic}-{row['partition']}"
        (segment,) = embedded.home.root.glob(f"**/{folder}/00000000000000000000.log")
        content = segment.read_bytes()
        assert row["value"] in content
        segment.write_bytes(content.replace(row["value"], row["value"].replace(b"web-form", b"web-farm"), 1))
    finally:
        await broker.start()
    fault = (await council.verify()).faults[0]
    assert (fault.where, fault.what) == ("the log", "damaged")
    assert fault.partition == row["partition"]
    assert fault.offset is not None
    assert fault.offset <= row["log_offset"]
    assert "CRC" in fault.detail
