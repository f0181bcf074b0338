"""Whether leaves stand in the order of their events on the log (design, section 8)."""

from __future__ import annotations

from dataclasses import dataclass

from services.audit.application.verification.copies import Kept
from shared.kit.log import Record


@dataclass(slots=True)
class LeafOrder:
    """Of one partition, told its first occurrences in the order of their offsets.

    Of a log that was made anew only the later part has the records that audit met; what it had met before stands in
    the earlier leaves. An event that was set aside has a later leaf by right.
    """

    reported: bool = False
    _last: int = -1
    _first_in_place: int | None = None

    def broken_by(self, copy: Kept, record: Record) -> bool:
        """Whether the leaf of this first occurrence is out of its place."""
        if copy.was_set_aside:
            return False
        if (copy.log_offset, copy.sent_at) != (record.offset, record.timestamp):
            return self._first_in_place is not None and copy.leaf_index > self._first_in_place
        if self._first_in_place is None:
            self._first_in_place = copy.leaf_index
        broken = copy.leaf_index < self._last
        self._last = max(self._last, copy.leaf_index)
        return broken
