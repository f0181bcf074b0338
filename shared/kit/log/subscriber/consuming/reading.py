"""The stretch of the log that a member is responsible for: what it may fold next, and what it must drop."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Sequence
from itertools import groupby

from shared.kit.log.identity import Record, fingerprint
from shared.kit.log.subscriber.consuming.status import PartitionStatus
from shared.kit.log.subscriber.folding.folder import Stretch
from shared.kit.log.subscriber.received import Item, UnreadableKey, open_record


class Reading:
    """Which offset each partition of this member is expected to go on at.

    A partition is lost while its place is unknown: since the assignment, or since something came that didn't
    begin where it should. What comes of a lost partition is dropped; it will be read again.
    """

    def __init__(self) -> None:
        self.assigned: set[int] = set()
        self.stopped: dict[int, str] = {}
        self._expected: dict[int, int] = {}
        self._ends: dict[int, int] = {}
        self._level_at: dict[int, float] = {}

    @property
    def lost(self) -> set[int]:
        """Assigned partitions whose place is to be found."""
        return self.assigned - self._expected.keys()

    @property
    def places(self) -> dict[int, int]:
        """The next offset of every partition whose place is known."""
        return dict(self._expected)

    def assign(self, partitions: Collection[int]) -> None:
        """These are this member's partitions now; their places are to be found."""
        self.assigned = set(partitions)
        self._expected.clear()
        self.stopped.clear()
        now = time.monotonic()
        self._level_at = {partition: self._level_at.get(partition, now) for partition in partitions}

    def lose(self, partitions: Iterable[int]) -> None:
        for partition in partitions:
            self._expected.pop(partition, None)

    def find(self, partition: int, offset: int) -> None:
        self._expected[partition] = offset

    def folded(self, stretches: Sequence[Stretch]) -> None:
        for each in stretches:
            if self._expected.get(each.partition) == each.expected:
                self._expected[each.partition] = each.end

    def stretches(self, records: Sequence[Record]) -> tuple[list[Stretch], set[int]]:
        """What of these records may be folded, and the partitions that must be read again from their place.

        A record without a readable key stops its partition: nothing from it on is folded.
        """
        ready: list[Stretch] = []
        again: set[int] = set()
        for partition, group in groupby(sorted(records, key=_place), key=lambda each: each.partition):
            mine = list(group)
            expected = self._expected.get(partition)
            if expected is None or partition in self.stopped:
                continue
            if mine[0].offset != expected:
                again.add(partition)
                continue
            items = self._open(partition, mine)
            if items:
                last = mine[len(items) - 1]
                first = fingerprint(mine[0]) if expected == 0 else None
                ready.append(
                    Stretch(partition, expected, tuple(items), last.offset + 1, fingerprint(last), first)
                )
        return ready, again

    def _open(self, partition: int, records: Sequence[Record]) -> list[Item]:
        items = []
        for record in records:
            try:
                items.append(open_record(record))
            except UnreadableKey as error:
                self.stopped[partition] = str(error)
                break
        return items

    def look(self, ends: dict[int, int]) -> set[int]:
        """Takes note of where the partitions end; gives those that end before their place: another log."""
        self._ends = ends
        now = time.monotonic()
        shorter = set()
        for partition, expected in self._expected.items():
            end = ends.get(partition, 0)
            if end < expected:
                shorter.add(partition)
            if end <= expected:
                self._level_at[partition] = now
        return shorter

    def status(self) -> dict[int, PartitionStatus]:
        now = time.monotonic()
        return {
            partition: PartitionStatus(
                self._expected.get(partition),
                self._ends.get(partition),
                now - self._level_at.get(partition, now),
                self.stopped.get(partition),
            )
            for partition in sorted(self.assigned)
        }


def _place(record: Record) -> tuple[int, int]:
    return record.partition, record.offset
