"""Audit's copy against itself: leaves, trees, chains, and the checkpoints that were signed over them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from services.audit.application.verification.checkpoints import Expected
from services.audit.application.verification.copies import Copies
from services.audit.application.verification.report import Fault, Report
from services.audit.application.verification.suspects import Suspects
from services.audit.views.log.headers import unpack
from services.audit.views.log.rows import LogRow, rows_after
from services.audit.views.log.tree import STORED_LEVEL, node_hashes
from shared.kit.log import envelope_of
from shared.kit.merkle import CaseHead, Frontier, Node, leaf_of

_ROWS: Final = 2000


class OwnCopy:
    """Goes through audit's rows in the order of their leaves and makes every tree anew.

    Args:
        sizes: of the trees when the verification began.
        expected: the roots that checkpoints promise.
    """

    def __init__(
        self, copies: Copies, sizes: Mapping[int, int], expected: Expected, suspects: Suspects, report: Report
    ) -> None:
        self._copies = copies
        self._sizes = sizes
        self._expected = expected
        self._suspects = suspects
        self._report = report

    async def verify(self) -> None:
        for partition, size in sorted(self._sizes.items()):
            await self._partition(partition, size)

    async def _partition(self, partition: int, size: int) -> None:
        tree = Frontier()
        heads: dict[UUID, CaseHead] = {}
        trees_agree = True
        self._expected.compare(partition, tree)
        while tree.size < size:
            async with self._copies.audit.acquire() as connection:
                rows = await rows_after(connection, partition, tree.size, size, _ROWS)
                made: dict[Node, bytes] = {}
                for row in rows:
                    if row.leaf_index != tree.size:
                        break
                    leaf = self._leaf(row)
                    made.update(tree.append(leaf))
                    self._chain(row, leaf, heads)
                    self._expected.compare(partition, tree)
                wanted = {node: found for node, found in made.items() if node.level >= STORED_LEVEL}
                stored = (await node_hashes(connection, {partition: wanted}))[partition]
            if trees_agree and stored != wanted:
                trees_agree = False
                self._wrong_node(partition, wanted, stored)
            if not rows or rows[-1].leaf_index != tree.size - 1:
                detail = f"leaf {tree.size} of {size} is not there"
                self._report.faults.append(
                    Fault("audit's copy", "removed", partition=partition, detail=detail)
                )
                return

    def _leaf(self, row: LogRow) -> bytes:
        """The leaf of a row, made anew."""
        self._report.events += 1
        self._report.streams += row.envelope.version == 1
        try:
            headers = unpack(row.headers)
            told = envelope_of(dict(headers))
        except (ValueError, KeyError):
            self._suspects.add((row.envelope.stream, row.envelope.version), row.envelope.source)
            return row.leaf_hash
        leaf = leaf_of(headers, row.value)
        if leaf != row.leaf_hash or told != row.envelope:
            self._suspects.add((row.envelope.stream, row.envelope.version), row.envelope.source)
        return leaf

    def _chain(self, row: LogRow, leaf: bytes, heads: dict[UUID, CaseHead]) -> None:
        head = heads.get(row.key, CaseHead(row.key)).then(leaf)
        if (head.count, head.chain) != (row.case_count, row.case_chain):
            detail = f"the chain of case {row.key} does not follow from its events"
            self._fault(row, "changed", detail)
        # Go on from what is written, so that one fault is told once.
        heads[row.key] = CaseHead(row.key, row.case_count, row.case_chain)

    def _fault(self, row: LogRow, what: str, detail: str) -> None:
        envelope = row.envelope
        self._report.faults.append(
            Fault(
                "audit's chains",
                what,
                envelope.stream,
                envelope.version,
                row.partition,
                row.log_offset,
                detail,
            )
        )

    def _wrong_node(self, partition: int, wanted: Mapping[Node, bytes], stored: Mapping[Node, bytes]) -> None:
        node = min((n for n in wanted if stored.get(n) != wanted[n]), key=lambda n: n.position << n.level)
        first, past = node.position << node.level, (node.position + 1) << node.level
        what = "changed" if node in stored else "removed"
        detail = f"the subtree of leaves {first} to {past - 1} is not that of the events"
        self._report.faults.append(Fault("audit's trees", what, partition=partition, detail=detail))
