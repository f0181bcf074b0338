"""Events that are published again, signed, in other batches or under another key, alarm nobody (decision 0022)."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from aiokafka import AIOKafkaProducer

from services.audit.application.proofs.proof import check
from services.audit.application.proofs.prove import prove
from services.audit.views.log.headers import unpack
from services.audit.views.log.rows import case_rows
from shared.kit.eventstore import BEGINNING, StoredRow
from shared.kit.log import PARTITIONS
from shared.kit.merkle import BATCH_SIGNATURE, SigningKey, covered, leaf_of
from tests.integration.audit.council import Council
from tests.integration.kit.subscriber.log import Sent
from tests.kit.batch_signature import sign_batch, verify
from tests.kit.log import records
from tests.kit.running import running

OLD_KEYS = 1
NEW_KEYS = 2
REFERENCE = "CR-2026-000001"


def _key(source: str, generation: int) -> SigningKey:
    return SigningKey(source, bytes([generation]) * 32)


def _signed(rows: Sequence[StoredRow], generation: int, batch: int) -> list[Sent]:
    """The rows of one source as its relay would send them, so many a batch."""
    key = _key(rows[0].envelope.source, generation)
    signed: list[Sent] = []
    for first in range(0, len(rows), batch):
        together = rows[first : first + batch]
        signatures = sign_batch([leaf_of(row.envelope.headers(), row.state) for row in together], key)
        for row, signature in zip(together, signatures, strict=True):
            headers = [*row.envelope.headers(), (BATCH_SIGNATURE, signature)]
            signed.append(Sent(str(row.envelope.key).encode(), headers, row.state))
    return signed


async def _publish(council: Council, generation: int, batch: int) -> None:
    """All that every service has stored."""
    for store in council.stores.values():
        rows = await store.read_after(BEGINNING, 1000)
        if rows:
            await _send(council, _signed(rows, generation, batch))


async def _send(council: Council, sent: Iterable[Sent]) -> None:
    producer = AIOKafkaProducer(bootstrap_servers=council.places.bootstrap)
    await producer.start()
    try:
        for each in sent:
            await producer.send_and_wait(
                council.places.topic, key=each.key, value=each.value, headers=each.headers
            )
    finally:
        await producer.stop()


async def _read_everything(council: Council) -> None:
    """Audit runs until it has read every record that lies on the log."""
    ends: dict[int, int] = defaultdict(int)
    for record in await records(council.places.bootstrap, council.places.topic, PARTITIONS):
        ends[record.partition] = record.offset + 1

    async with running(council.subscriber_run()), asyncio.timeout(60):
        await council.kept(1)
        while any(at < ends[partition] for partition, at in await _positions(council)):  # noqa: ASYNC110
            await asyncio.sleep(0.02)


async def _positions(council: Council) -> list[tuple[int, int]]:
    rows = await council.audit.fetch("SELECT partition, off FROM views.partition_positions")
    assert len(rows) == PARTITIONS
    return [(row["partition"], row["off"]) for row in rows]


async def _pictures(council: Council) -> dict[str, list[Any]]:
    """Audit's copy, its trees, and every table of its views but the positions and when they were written."""
    names = await council.audit.fetch(
        "SELECT table_schema || '.' || table_name AS name FROM information_schema.tables"
        " WHERE table_schema = 'views' OR table_name IN ('audit_log', 'tree_nodes', 'alarms')"
    )
    kept = [row["name"] for row in names if not row["name"].endswith(".partition_positions")]
    rows = {name: await council.audit.fetch(f"SELECT to_jsonb(t) AS row FROM {name} AS t") for name in kept}
    return {name: sorted(row["row"] for row in found) for name, found in rows.items()}


async def test_a_log_that_is_published_again_under_new_keys_raises_no_alarm_and_changes_no_view(
    council: Council,
) -> None:
    await council.open_case(REFERENCE, notes=5)
    await council.open_case("CR-2026-000002", notes=3)
    await council.flow()
    before = await _pictures(council)
    for generation, batch in ((OLD_KEYS, 4), (NEW_KEYS, 4), (NEW_KEYS, 7)):
        await _publish(council, generation, batch)
        await _read_everything(council)
        assert await _pictures(council) == before
        assert (await council.verify()).faults == []
    assert before["public.alarms"] == before["views.parked_events"] == []
    log = await records(council.places.bootstrap, council.places.topic, PARTITIONS)
    assert len(log) == 4 * len(before["public.audit_log"])


async def test_a_log_that_was_signed_from_the_first_is_kept_verified_and_proven_as_any_other(
    council: Council,
) -> None:
    case = await council.open_case(REFERENCE, notes=5)
    (clock,) = await council.stores["deadlines"].read_after(BEGINNING, 10)
    rows = await council.stores["intake"].read_after(BEGINNING, 10)
    sent = _signed(rows, OLD_KEYS, 3)
    # The second comes too late: the third is held meanwhile, as any record is.
    sent[1], sent[2] = sent[2], sent[1]
    await _send(council, [*sent, *_signed([clock], OLD_KEYS, 1)])
    await _read_everything(council)

    kept = await case_rows(council.audit, case)
    assert len(kept) == len(sent) + 1
    assert {unpack(row.headers) for row in kept if row.key == case} >= {tuple(each.headers) for each in sent}
    for row in kept:
        verify(unpack(row.headers), row.value, [_key(row.envelope.source, OLD_KEYS).verify_key])
    assert (await council.verify()).faults == []
    key = SigningKey.from_setting(f"file:{council.places.settings.checkpoint_key_file}")
    proof = json.loads(json.dumps(await prove(council.audit, key, "council.example/case-events", REFERENCE)))
    assert check(proof, key.verify_key).events == len(kept)

    # The relay knows nothing of what was sent beside it, and sends everything, unsigned.
    before = await _pictures(council)
    await council.flow()
    await _publish(council, NEW_KEYS, 4)
    await _read_everything(council)
    assert await _pictures(council) == before
    assert (await council.verify()).faults == []
    assert before["public.alarms"] == []


async def test_a_signature_hides_no_other_bytes(council: Council) -> None:
    """What a leaf covers is compared as ever, and where it differs the signature isn't blamed."""
    case = await council.open_case()
    await council.flow()
    (first, *_) = _signed(await council.stores["intake"].read_after(BEGINNING, 10), OLD_KEYS, 4)
    forged = Sent(first.key, first.headers, first.value.replace(b"web-form", b"phone"))
    await _send(council, [forged])
    await _read_everything(council)
    (alarm,) = await council.audit.fetch("SELECT * FROM alarms")
    assert (alarm["kind"], alarm["stream"], alarm["version"]) == ("other-bytes", f"case-{case}", 1)
    assert covered(unpack(alarm["headers"])) == covered(first.headers)
    (fault,) = (await council.verify()).faults
    assert (fault.where, fault.what, fault.stream, fault.version) == ("the log", "added", f"case-{case}", 1)
    assert BATCH_SIGNATURE not in fault.detail
