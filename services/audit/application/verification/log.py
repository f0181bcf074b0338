"""What lies on the log against what audit keeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from services.audit.application.verification.copies import Copies, EventName, Kept, ReadUpTo, stored_leaf
from services.audit.application.verification.leaf_order import LeafOrder
from services.audit.application.verification.report import Fault, Report
from services.audit.application.verification.seen import Seen
from services.audit.application.verification.suspects import Met, Suspects
from shared.kit import sql
from shared.kit.log import LogDamaged, Record
from shared.kit.merkle import leaf_of

_SQL: Final = sql.Statements(__package__)


@dataclass(frozen=True, slots=True)
class _Named:
    record: Record
    name: EventName
    source: str
    leaf: bytes


@dataclass(slots=True)
class Log:
    """Goes through every partition in the order of offsets.

    Attributes:
        read: how far audit had read when the verification began.
        seen: the leaves whose events lie on the log.
        awaited: see `Stores`; what is met is taken out.
        unreadable: partitions that couldn't be read to the end.
    """

    copies: Copies
    read: Mapping[int, ReadUpTo]
    suspects: Suspects
    report: Report
    seen: Seen
    awaited: dict[EventName, str]
    unreadable: set[int] = field(default_factory=set)

    async def verify(self, bounds: Mapping[int, tuple[int, int]]) -> None:
        """Adds what differs to suspects and report. `bounds`: first and next offset of each partition."""
        for partition, (first, end) in sorted(bounds.items()):
            order = LeafOrder()
            try:
                async for records in self.copies.log.read(partition, first, end):
                    await self._compare(self._named(records), order)
            except LogDamaged as damaged:
                self.unreadable.add(partition)
                await self._damaged(damaged)

    def _named(self, records: Sequence[Record]) -> list[_Named]:
        named = []
        for record in records:
            headers = dict(record.headers)
            try:
                name = headers["ce_stream"].decode(), int(headers["ce_sequence"])
                source, key = headers["ce_source"].decode(), headers["ce_subject"]
            except (KeyError, ValueError, AttributeError):
                self._stray(record, "a record that is no event")
                continue
            if record.key != key:
                self._stray(record, "a record whose key is not its event's")
            named.append(_Named(record, name, source, leaf_of(record.headers, record.value or b"")))
        return named

    def _stray(self, record: Record, detail: str) -> None:
        self.report.faults.append(
            Fault("the log", "added", partition=record.partition, offset=record.offset, detail=detail)
        )

    async def _compare(self, records: Sequence[_Named], order: LeafOrder) -> None:
        kept = await self.copies.kept(each.name for each in records)
        for each in records:
            copy = kept.get(each.name)
            if copy is None:
                await self._not_kept(each)
                continue
            first = self.seen.mark(copy.partition, copy.leaf_index)
            if each.leaf != copy.leaf_hash:
                suspect = self.suspects.add(each.name, each.source)
                if suspect is not None and not first and not suspect.met:
                    suspect.met.append(Met(copy.partition, copy.log_offset, copy.leaf_hash, (), b""))
            elif first and not order.reported and order.broken_by(copy, each.record):
                order.reported = True
                self._out_of_place(each, copy)
            self.suspects.meet(each.name, each.record, each.leaf)

    async def _not_kept(self, each: _Named) -> None:
        place, record = self.read.get(each.record.partition, ReadUpTo()), each.record
        known = self.awaited.pop(each.name, None) is not None
        if record.offset in place.set_aside:
            self.report.set_aside += 1
        elif record.offset < place.offset:
            self._suspect(each)
        elif known or await self._is_stored(each):
            self.report.unread += 1
        else:
            self._suspect(each)

    def _suspect(self, each: _Named) -> None:
        self.suspects.add(each.name, each.source)
        self.suspects.meet(each.name, each.record, each.leaf)

    async def _is_stored(self, each: _Named) -> bool:
        row = (await self.copies.stored_stream(each.name[0], each.source)).get(each.name[1])
        return row is not None and stored_leaf(row) == each.leaf

    def _out_of_place(self, each: _Named, copy: Kept) -> None:
        detail = f"leaf {copy.leaf_index}, met at offset {copy.log_offset}, is out of the log's order"
        record = each.record
        self.report.faults.append(
            Fault("audit's copy", "swapped", *each.name, record.partition, record.offset, detail)
        )

    async def _damaged(self, damaged: LogDamaged) -> None:
        row = await self.copies.audit.fetchrow(_SQL.event_at_offset, damaged.partition, damaged.offset)
        name: tuple[str | None, int | None] = (row["stream"], row["version"]) if row else (None, None)
        self.report.faults.append(
            Fault(
                "the log",
                "damaged",
                *name,
                damaged.partition,
                damaged.offset,
                f"{damaged.reason}; the rest of the partition was not compared",
            )
        )
