"""Makes the proof about a case: see `services.audit.application.proofs.proof` for what is in it."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

from services.audit.application.checkpoints.heads import heads_at
from services.audit.application.checkpoints.signed import Signed, newest, sign_now
from services.audit.application.proofs.proof import FORMAT, text_of
from services.audit.views.log.headers import unpack
from services.audit.views.log.rows import LogRow, case_rows
from services.audit.views.log.tree import node_hashes
from shared.casework.known_cases import CaseRow, by_reference
from shared.kit.eventstore import Pool
from shared.kit.merkle import Checkpoint, SigningKey, hashes_of, inclusion_ranges, needed, open_note, tree_of


class NoSuchCaseError(Exception):
    """Audit has no events of a case with that reference."""


async def prove(pool: Pool, key: SigningKey, origin: str, reference: str) -> dict[str, Any]:
    """The proof about a case as it is now. Signs a checkpoint where the newest doesn't cover all its events.

    Raises:
        NoSuchCaseError: audit doesn't know the reference.
    """
    case = await by_reference(pool, CaseRow, reference)
    rows = await case_rows(pool, case.case_id) if case else []
    if not rows:
        raise NoSuchCaseError(reference)
    partition = rows[0].partition
    rows = [row for row in rows if row.partition == partition]
    signed, checkpoint = await _covering(pool, key, origin, rows[-1])
    size = checkpoint.partitions[partition].size
    covered = [row for row in rows if row.leaf_index < size]
    return {
        "format": FORMAT,
        "reference": reference,
        "case": str(rows[0].key),
        "checkpoint": signed.note,
        "partition": partition,
        "events": await _events(pool, covered, size),
        "head": await _head(pool, covered[-1], checkpoint),
    }


async def _covering(pool: Pool, key: SigningKey, origin: str, row: LogRow) -> tuple[Signed, Checkpoint]:
    signed = await newest(pool)
    if signed is not None:
        checkpoint = Checkpoint.parse(open_note(signed.note, [key.verify_key]))
        if checkpoint.partitions[row.partition].size > row.leaf_index:
            return signed, checkpoint
    signed = await sign_now(pool, key, origin)
    return signed, Checkpoint.parse(open_note(signed.note, [key.verify_key]))


async def _events(pool: Pool, rows: Sequence[LogRow], size: int) -> list[dict[str, Any]]:
    paths = [inclusion_ranges(row.leaf_index, size) for row in rows]
    partition = rows[0].partition
    async with pool.acquire() as connection:
        wanted = {node for path in paths for node in needed(path)}
        nodes = (await node_hashes(connection, {partition: wanted}))[partition]
    return [
        {
            "headers": [[name, text_of(value)] for name, value in unpack(row.headers)],
            "value": text_of(row.value),
            "leaf_index": row.leaf_index,
            "path": _written(hashes_of(path, nodes)),
        }
        for row, path in zip(rows, paths, strict=True)
    ]


async def _head(pool: Pool, row: LogRow, checkpoint: Checkpoint) -> dict[str, Any]:
    heads = await heads_at(pool, [head.size for head in checkpoint.partitions])
    place = next(
        index
        for index, head in enumerate(heads)
        if (head.case, head.count, head.chain) == (row.key, row.case_count, row.case_chain)
    )
    return {
        "count": row.case_count,
        "chain": base64.b64encode(row.case_chain).decode(),
        "index": place,
        "path": _written(tree_of(heads).inclusion(place)),
    }


def _written(hashes: Sequence[bytes]) -> list[str]:
    return [base64.b64encode(each).decode() for each in hashes]
