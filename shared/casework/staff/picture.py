"""How old a service's picture of the staff is: up to which moment it has folded all that intake recorded."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from shared.kit.log import LogOffset, Mark, MarksReader

_LOOK_EVERY: Final = timedelta(seconds=5)


def utc_now() -> datetime:
    """This moment."""
    return datetime.now(UTC)


class Picture:
    """Follows one service's marks. A mark is kept until it is read up to, so that steady lag doesn't hide progress.

    Args:
        offsets: per partition where will be folded next.
    """

    def __init__(
        self,
        marks: MarksReader,
        offsets: Callable[[], Awaitable[Mapping[int, LogOffset]]],
        service: str,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._marks = marks
        self._offsets = offsets
        self._service = service
        self._now = now
        self._waiting: Mark | None = None
        self._complete_to: datetime | None = None

    async def younger_than(self, oldest: timedelta) -> bool:
        """Whether everything is folded that was recorded longer ago than that. False until it was so once."""
        if self._complete_to is None or self._now() - self._complete_to > min(oldest, _LOOK_EVERY):
            await self._look()
        return self._complete_to is not None and self._now() - self._complete_to <= oldest

    async def _look(self) -> None:
        offsets = await self._offsets()
        for mark in (self._marks.marks.get(self._service), self._waiting):
            if mark is None:
                continue
            if mark.is_folded_at(offsets):
                self._complete_to, self._waiting = mark.at, None
                return
        self._waiting = self._waiting or self._marks.marks.get(self._service)
