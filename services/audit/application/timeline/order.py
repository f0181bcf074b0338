"""The order of a timeline: by when things were recorded, the same however the events arrived.

Each stream keeps its own order and an effect never stands before its cause, also where the clocks of two
databases differ or one was set back: an event counts as recorded no earlier than what came before it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise
from uuid import UUID

from services.audit.views.log.rows import LogRow

_Rank = tuple[datetime, int]


def in_order(rows: Iterable[LogRow]) -> list[LogRow]:
    """These rows in the order in which they are shown."""
    found = sorted(rows, key=lambda row: (row.envelope.stream, row.envelope.version))
    ranks = _Ranks(found)
    return sorted(found, key=lambda row: (*ranks.of(row), row.envelope.stream, row.envelope.version))


class _Ranks:
    """When each event counts as recorded, and how many steps it is from what made it count so late."""

    def __init__(self, rows: list[LogRow]) -> None:
        self._by_id = {row.envelope.event_id: row for row in rows}
        self._before = {
            row.envelope.event_id: earlier.envelope.event_id
            for earlier, row in pairwise(rows)
            if earlier.envelope.stream == row.envelope.stream
        }
        self._ranks: dict[UUID, _Rank] = {}

    def of(self, row: LogRow) -> _Rank:
        """Worked out from the beginning of the chain, without recursion: chains may be long."""
        pending, under_way = [row], {row.envelope.event_id}
        while pending:
            current = pending[-1]
            causes = self._causes(current)
            waiting = [cause for cause in causes if cause not in self._ranks and cause not in under_way]
            if waiting:  # one at a time: so what is under way waits for this event, and nothing else is
                pending.append(self._by_id[waiting[0]])
                under_way.add(waiting[0])
                continue
            # What is still under way here has this event as its cause: only a forged log goes in circles.
            ranks = [self._ranks[cause] for cause in causes if cause in self._ranks]
            self._ranks[current.envelope.event_id] = _rank(current.envelope.recorded_at, ranks)
            under_way.remove(pending.pop().envelope.event_id)
        return self._ranks[row.envelope.event_id]

    def _causes(self, row: LogRow) -> list[UUID]:
        before = self._before.get(row.envelope.event_id)
        cause = row.envelope.causation_id
        found = [before] if before is not None else []
        return [*found, cause] if cause in self._by_id and cause is not None else found


def _rank(recorded_at: datetime, before: list[_Rank]) -> _Rank:
    latest = max(before, default=None)
    if latest is None or recorded_at > latest[0]:
        return recorded_at, 0
    return latest[0], latest[1] + 1
