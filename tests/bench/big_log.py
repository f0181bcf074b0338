"""Audit's store filled with a large log: copies of the cases that are really there, theirs among them.

A case's rows lie far apart, as they do when its events come over weeks: rows are written in rounds, one event of each
of some thousand cases after another. Copies keep the shape of everything, with ids, hashes and places of their own.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import Any, Final, TypeAlias
from uuid import UUID, uuid4

import asyncpg

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"
_COLUMNS: Final = (
    *(
        "partition",
        "leaf_index",
        "log_offset",
        "sent_at",
        "was_set_aside",
        "stream",
        "version",
        "key",
        "event_id",
    ),
    *(
        "wire_name",
        "source",
        "happened_at",
        "recorded_at",
        "principal",
        "correlation_id",
        "causation_id",
        "headers",
        "value",
        "leaf_hash",
    ),
    *("case_count", "case_chain", "received_at"),
)
_AMONG: Final = 2_000
"""Cases whose events come in turns."""
_CASES: Final = "SELECT case_id FROM views.cases ORDER BY reference"
_EVENTS: Final = f"SELECT {', '.join(_COLUMNS)} FROM audit_log WHERE key = $1 ORDER BY case_count"
_REST: Final = f"SELECT {', '.join(_COLUMNS)} FROM audit_log WHERE key <> ALL($1::uuid[]) ORDER BY log_offset"

Rows = list[dict[str, Any]]


async def enlarge(connection: Connection, events: int) -> int:
    """Writes audit's log anew with so many events or a few more; gives how many."""
    cases = [row["case_id"] for row in await connection.fetch(_CASES)]
    real: list[Rows] = [[dict(row) for row in await connection.fetch(_EVENTS, case)] for case in cases]
    rest: list[Rows] = [[dict(row)] for row in await connection.fetch(_REST, cases)]
    await connection.execute("TRUNCATE audit_log, tree_nodes")
    sizes: dict[int, int] = {}
    written = 0
    while written < events:
        among = _among(real, events - written) + rest
        rest = []
        if written == 0:
            among += real
        rows = list(_in_turns(among, sizes))
        await connection.copy_records_to_table("audit_log", columns=_COLUMNS, records=rows)
        written += len(rows)
    await connection.execute("ANALYZE audit_log")
    return written


async def references(connection: Connection, copies: int) -> None:
    """Rows of the view `cases` for so many more cases."""
    rows = [(uuid4(), f"XX-{number:08}", False) for number in range(copies)]
    await connection.copy_records_to_table("cases", schema_name="views", records=rows)
    await connection.execute("ANALYZE views.cases")


def _among(real: Sequence[Rows], wanted: int) -> list[Rows]:
    """Copies of the real cases, as many as come in turns."""
    made: list[Rows] = []
    events = 0
    while len(made) < _AMONG and events < wanted:
        copied = _copy(real[len(made) % len(real)])
        made.append(copied)
        events += len(copied)
    return made


def _copy(case: Rows) -> Rows:
    before: UUID = case[0]["key"]
    key = uuid4()
    old, new = str(before), str(key)
    return [
        row
        | {
            "key": key,
            "stream": row["stream"].replace(old, new) if old in row["stream"] else f"copied-{uuid4()}",
            "event_id": uuid4(),
            "leaf_hash": os.urandom(32),
        }
        for row in case
    ]


def _in_turns(cases: Sequence[Rows], sizes: dict[int, int]) -> Iterator[tuple[Any, ...]]:
    """One event of each case after another, each with the next place in the tree of its partition."""
    for turn in range(max(len(case) for case in cases)):
        for case in cases:
            if turn < len(case):
                row = case[turn]
                place = sizes.get(row["partition"], 0)
                sizes[row["partition"]] = place + 1
                yield tuple((row | {"leaf_index": place, "log_offset": place})[column] for column in _COLUMNS)
