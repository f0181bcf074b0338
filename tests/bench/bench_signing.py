"""The relay with signed batches against the relay as it is, in one run: DSN, BOOTSTRAP, events from the third.

    python -m tests.bench.bench_signing postgresql://... 127.0.0.1:9092 [100000]

Makes a database and topics of its own. `cpu` is of this process, which other work on the machine disturbs less than the
clock. What one record costs at several sizes of a batch is measured without servers. Prints one JSON line.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast
from uuid import UUID, uuid4

from shared.kit.events import Envelope
from shared.kit.eventstore import Position, StoredRow, connect_pool
from shared.kit.eventstore import PostgresEventStore as Store
from shared.kit.log import Relay, create_topics, wanted_topics
from shared.kit.merkle import BATCH_SIGNATURE, SigningKey, leaf_of
from tests.bench.bench_relay import relayed
from tests.bench.filling import Weighed, fill, fresh_database, half_kilobyte
from tests.bench.rate import Rate
from tests.kit.batch_signature import sign_batch, verify
from tests.kit.heard import enveloped

TOGETHER: Final = 256
"""The most records that a relay signs together (decision 0022)."""
SIZES: Final = (1, 10, TOGETHER, 2000)
"""Records a batch: the last is the most that a relay sends together."""
_RECORDS: Final = 4000
_SOURCE: Final = "/redress/bench"
_KEY: Final = SigningKey(_SOURCE, bytes(range(32)))
Headers = list[tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Signed:
    """All that the relay asks of an envelope, with headers that are made already, the signature among them."""

    event_id: UUID
    key: UUID
    made: Headers

    def headers(self) -> Headers:
        """They."""
        return self.made


@dataclass(frozen=True, slots=True)
class SigningStore:
    """Rows as the relay would send them if it signed what it reads together."""

    store: Store

    async def read_after(self, position: Position, limit: int) -> Sequence[StoredRow]:
        """As the store's own."""
        return signed(await self.store.read_after(position, limit), TOGETHER)


def signed(rows: Sequence[StoredRow], together: int) -> list[StoredRow]:
    """The rows, so many under one signature."""
    done: list[StoredRow] = []
    for first in range(0, len(rows), together):
        batch = rows[first : first + together]
        headers = [row.envelope.headers() for row in batch]
        leaves = [leaf_of(made, row.state) for made, row in zip(headers, batch, strict=True)]
        for row, made, signature in zip(batch, headers, sign_batch(leaves, _KEY), strict=True):
            made.append((BATCH_SIGNATURE, signature))
            envelope = cast("Envelope", Signed(row.envelope.event_id, row.envelope.key, made))
            done.append(StoredRow(envelope, row.state, row.position))
    return done


async def main(admin_dsn: str, bootstrap: str, events: int) -> dict[str, Any]:
    """Both rates and their ratios, and what one record costs at each size of a batch."""
    dsn = await fresh_database(admin_dsn)
    await fill(dsn, events)
    pool = await connect_pool(dsn)
    store = Store(pool, _SOURCE)
    rates: dict[str, list[Rate]] = {"plain": [], "signed": []}
    # In turn and twice over, so that neither has the warmer half.
    for name, source in 2 * (("plain", store), ("signed", SigningStore(store))):
        mark = uuid4().hex[:8]
        wanted = wanted_topics(1, events=f"bench-events-{mark}", marks=f"bench-marks-{mark}")
        await create_topics(bootstrap, wanted)
        service = f"bench-{mark}"
        relay = Relay(dsn, source, bootstrap, service, wanted[0].name, wanted[1].name)
        rates[name].append(await relayed(relay, dsn, service, events))
    await pool.close()
    plain, signing = (max(rates[name], key=lambda rate: rate.cpu) for name in ("plain", "signed"))
    return {
        "events": events,
        "plain": round(plain.clock),
        "signed": round(signing.clock),
        "ratio": round(signing.clock / plain.clock, 3),
        "cpu_ratio": round(signing.cpu / plain.cpu, 3),
        "record_bytes": _bytes_of(_rows(1)[0]),
        "sizes": {str(size): _of_size(size) for size in SIZES},
    }


def _of_size(size: int) -> dict[str, float]:
    """Of one record: bytes added, microseconds of processor time to sign it and to verify it."""
    batches = [_rows(size) for _ in range(-(-_RECORDS // size))]
    number = size * len(batches)
    made = [signed(batch, size) for batch in batches]
    signing = min(_spent(lambda: [signed(batch, size) for batch in batches]) for _ in range(3))
    plain = min(
        _spent(lambda: [[row.envelope.headers() for row in batch] for batch in batches]) for _ in range(3)
    )
    verifying = _spent(lambda: _verify(made))  # once: the second time every signature would be known
    added = sum(_bytes_of(row) for batch in made for row in batch)
    before = sum(_bytes_of(row) for batch in batches for row in batch)
    return {
        "bytes": round((added - before) / number),
        "sign_us": round(1e6 * (signing - plain) / number, 1),
        "verify_us": round(1e6 * verifying / number, 1),
    }


def _verify(batches: Sequence[Sequence[StoredRow]]) -> None:
    trusted = [_KEY.verify_key]
    for row in (row for batch in batches for row in batch):
        verify(row.envelope.headers(), row.state, trusted)


def _spent(work: Callable[[], object]) -> float:
    """Seconds of processor time."""
    began = time.process_time()
    work()
    return time.process_time() - began


def _rows(size: int) -> list[StoredRow]:
    key = uuid4()
    return [
        StoredRow(
            enveloped(f"case-{key}", version, Weighed.wire_name, key, source=_SOURCE),
            half_kilobyte(),
            Position(1, version),
        )
        for version in range(1, size + 1)
    ]


def _bytes_of(row: StoredRow) -> int:
    return len(row.state) + sum(len(name) + len(value) for name, value in row.envelope.headers())


if __name__ == "__main__":
    arguments = sys.argv[1:]
    result = asyncio.run(main(arguments[0], arguments[1], int(arguments[2]) if arguments[2:] else 100_000))
    sys.stdout.write(json.dumps(result) + "\n")
