"""The heads of all cases as they stood when the trees had certain sizes, and the trees' roots then."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from services.audit.views.log.tree import node_hashes
from shared.kit import sql
from shared.kit.eventstore import Pool
from shared.kit.merkle import CaseHead, Range, TreeHead, hashes_of

_SQL: Final = sql.Statements(__package__)
_CASES_A_PAGE: Final = 5000


async def heads_at(pool: Pool, sizes: Sequence[int]) -> list[CaseHead]:
    """The heads, by case id. Rows never change, so pages read one after another agree with each other.

    `sizes`: of the tree of each partition, from 0.
    """
    heads: list[CaseHead] = []
    key, partition = UUID(int=0), -1
    while True:
        page = await pool.fetch(_SQL.heads_page, key, partition, _CASES_A_PAGE, list(sizes))
        heads += [
            CaseHead(row["key"], row["case_count"], row["case_chain"])
            for row in page
            if row["case_count"] is not None
        ]
        if len(page) < _CASES_A_PAGE:
            return heads
        key, partition = page[-1]["key"], page[-1]["partition"]


async def roots_at(pool: Pool, sizes: Sequence[int]) -> tuple[TreeHead, ...]:
    """The tree of each partition at its size.

    Raises:
        KeyError: a node is missing: audit's copy was tampered with.
    """
    ranges = {partition: Range(0, size) for partition, size in enumerate(sizes)}
    async with pool.acquire() as connection:
        hashes = await node_hashes(connection, {p: whole.nodes() for p, whole in ranges.items()})
    return tuple(
        TreeHead(sizes[partition], hashes_of([whole], hashes[partition])[0])
        for partition, whole in ranges.items()
    )
