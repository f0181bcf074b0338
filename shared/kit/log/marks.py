"""Marks: how far a reader can trust its picture of a service.

A mark says: every event that this service recorded before `at` lies on the log at or below these offsets.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from shared.kit.events import instant
from shared.kit.eventstore import Position


@dataclass(frozen=True, slots=True)
class LogOffset:
    """An offset in one partition of one log.

    Attributes:
        first_record: the fingerprint of the record at offset 0, which tells this log from one that was made anew under
            its name: there, the same offset says nothing. None where nothing has been read yet.
    """

    offset: int
    first_record: str | None


@dataclass(frozen=True, slots=True)
class Mark:
    """One service's mark.

    Attributes:
        epoch: of the relay that wrote it; a frozen relay that wakes writes a lower one than its successor.
        at: by the clock of the service's database.
        ends: per partition of the log the last record that the relay had acknowledged; a partition that it has
            never sent anything to is left out.
    """

    service: str
    epoch: int
    at: datetime
    ends: Mapping[int, LogOffset]

    def to_json(self) -> bytes:
        """As it stands on the topic."""
        ends = {str(partition): asdict(end) for partition, end in sorted(self.ends.items())}
        value = {"service": self.service, "epoch": self.epoch, "at": instant(self.at), "ends": ends}
        return json.dumps(value).encode()

    @staticmethod
    def from_json(value: bytes) -> Mark:
        """What `to_json` wrote.

        Raises:
            ValueError, KeyError, TypeError, AttributeError: it is something else.
        """
        data = json.loads(value)
        ends = {
            int(partition): LogOffset(int(end["offset"]), str(end["first_record"]))
            for partition, end in data["ends"].items()
        }
        return Mark(str(data["service"]), int(data["epoch"]), datetime.fromisoformat(data["at"]), ends)

    def newer_than(self, other: Mark | None) -> bool:
        """Whether this one counts rather than the other."""
        return other is None or (self.epoch, self.at) > (other.epoch, other.at)

    def is_folded_at(self, offsets: Mapping[int, LogOffset]) -> bool:
        """Whether who will fold next at these offsets, in this very log, has folded everything up to the mark."""
        return all(
            partition in offsets
            and offsets[partition].first_record == end.first_record
            and offsets[partition].offset > end.offset
            for partition, end in self.ends.items()
        )


@dataclass(frozen=True, slots=True)
class _Moment:
    at: datetime
    transaction_id: int


class Proof:
    """Finds the latest time before which everything recorded is on the log.

    A moment is a time and a transaction id given out after it. It is proven when every transaction below that
    id has ended and what they wrote is acknowledged. Moments are tried one at a time.
    """

    def __init__(self) -> None:
        self._moment: _Moment | None = None
        self._oldest_running = 0
        self.proven: tuple[datetime, Mapping[int, int]] | None = None

    @property
    def wants_a_moment(self) -> bool:
        """Whether the last one given is proven."""
        return self._moment is None

    @property
    def oldest_running(self) -> int:
        """To be noted before a read, and given to `published` after it."""
        return self._oldest_running

    def try_moment(self, at: datetime, transaction_id: int) -> None:
        self._moment = _Moment(at, transaction_id)

    def ended_below(self, transaction_id: int) -> None:
        """Every transaction below this one has ended."""
        self._oldest_running = max(self._oldest_running, transaction_id)

    def published(
        self, position: Position, offsets: Mapping[int, int], *, drained: bool, oldest_running: int
    ) -> None:
        """Everything up to `position` is acknowledged, at `offsets`.

        Args:
            drained: the read found nothing after `position`.
            oldest_running: what this proof said before that read began.
        """
        if self._moment is None:
            return
        limit = self._moment.transaction_id
        if position.transaction_id >= limit or (drained and oldest_running >= limit):
            self.proven = (self._moment.at, dict(offsets))
            self._moment = None
