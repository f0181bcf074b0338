"""The `eventsourcing` library's own PostgreSQL recorder, as its users run it: a thread a writer."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit
from uuid import uuid4

from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore

EVENTS_IN_A_STREAM: Final = 20
STATE: Final = b'{"text":"' + b"x" * 400 + b'"}'


@dataclass(frozen=True, slots=True)
class Peer:
    """The library's recorder with its threads."""

    recorder: PostgresApplicationRecorder
    threads: ThreadPoolExecutor
    writers: int

    async def write(self, seconds: float) -> int:
        """Appends in every thread for so long; how many. Each is one event, without a receipt."""
        loop = asyncio.get_running_loop()
        until = time.perf_counter() + seconds
        work = [loop.run_in_executor(self.threads, self._write, until) for _ in range(self.writers)]
        return sum(await asyncio.gather(*work))

    def _write(self, until: float) -> int:
        count = 0
        while True:
            stream = uuid4()
            for version in range(1, EVENTS_IN_A_STREAM + 1):
                if time.perf_counter() >= until:
                    return count
                self.recorder.insert_events([StoredEvent(stream, version, "bench:Noted", STATE)])
                count += 1


@contextmanager
def peer(dsn: str, writers: int) -> Iterator[Peer]:
    """A recorder with its table in a schema of its own, in the database of that URL."""
    place = urlsplit(dsn)
    told = parse_qs(place.query)
    datastore = PostgresDatastore(
        unquote(place.path[1:]),
        told["host"][0],
        told["port"][0],
        unquote(place.username or ""),
        "",
        pool_size=writers,
        schema="peer",
    )
    with datastore.transaction(commit=True) as cursor:
        cursor.execute("CREATE SCHEMA IF NOT EXISTS peer")
    recorder = PostgresApplicationRecorder(datastore)
    recorder.create_table()
    with ThreadPoolExecutor(writers) as threads:
        yield Peer(recorder, threads, writers)
    datastore.close()
