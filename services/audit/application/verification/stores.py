"""What each service stored against what audit keeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from services.audit.application.verification.copies import Copies, EventName, stored_leaf
from services.audit.application.verification.every_row import count_every_row
from services.audit.application.verification.recorded import RecordedTimes
from services.audit.application.verification.report import Report
from services.audit.application.verification.seen import Seen
from services.audit.application.verification.suspects import Suspects
from shared.kit.eventstore import BEGINNING, Position, PostgresEventStore, StoredRow

_ROWS: Final = 2000


@dataclass(slots=True)
class Stores:
    """Goes through every service's table in reading order.

    Attributes:
        published: of each service, how far its relay had published when the verification began.
        seen: the leaves whose events some service has.
        awaited: events that are published and not kept by audit, with their sources: on the log, or nowhere.
    """

    copies: Copies
    published: Mapping[str, Position]
    suspects: Suspects
    report: Report
    seen: Seen
    awaited: dict[EventName, str] = field(default_factory=dict)

    async def verify(self) -> None:
        for service, pool in self.copies.stores.items():
            store, position = PostgresEventStore(pool, f"/redress/{service}"), BEGINNING
            table, read = f"{service}'s table", 0
            times = RecordedTimes(pool, table, self.report)
            while rows := await store.read_after(position, _ROWS):
                await self._compare(rows, self.published[service])
                await times.look(rows)
                position, read = rows[-1].position, read + len(rows)
            times.end()
            await count_every_row(pool, table, read, position, self.report)

    async def _compare(self, rows: Sequence[StoredRow], published: Position) -> None:
        kept = await self.copies.kept((row.envelope.stream, row.envelope.version) for row in rows)
        for row in rows:
            name, source = (row.envelope.stream, row.envelope.version), row.envelope.source
            copy = kept.get(name)
            if copy is not None:
                self.seen.mark(copy.partition, copy.leaf_index)
                if stored_leaf(row) != copy.leaf_hash:
                    self.suspects.add(name, source)
            elif row.position <= published:
                self.awaited[name] = source
            else:
                self.report.unpublished += 1
