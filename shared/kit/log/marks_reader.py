"""Reads the marks of every relay, and says whether a reader has read up to them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError

from shared.kit.log.marks import LogOffset, Mark
from shared.kit.log.stopping import stop
from shared.kit.log.topics import RELAY_MARKS

_log = structlog.get_logger(__name__)
_PAUSE: Final = 0.5


def _now() -> datetime:
    return datetime.now(UTC)


class MarksReader:
    """The newest mark of each service. `run` it beside the service until cancelled.

    Args:
        services: whose relays must have marked; one that was never heard of is behind.
        now: the clock that marks are aged by.
    """

    def __init__(
        self,
        bootstrap: str,
        services: Sequence[str],
        topic: str = RELAY_MARKS,
        *,
        now: Callable[[], datetime] = _now,
    ) -> None:
        self._servers = bootstrap.split(",")
        self._services = tuple(services)
        self._topic = topic
        self._now = now
        self.marks: dict[str, Mark] = {}

    async def run(self) -> None:
        """Reads the marks from the beginning of their topic, outside any group, for ever."""
        while True:
            try:
                await self._read()
            except (KafkaError, OSError) as error:
                _log.warning("the marks can't be read", error=repr(error))
            await asyncio.sleep(_PAUSE)

    async def _read(self) -> None:
        consumer = AIOKafkaConsumer(
            bootstrap_servers=self._servers,
            group_id=None,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
        )
        await consumer.start()
        try:
            partition = TopicPartition(self._topic, 0)
            consumer.assign([partition])
            await consumer.seek_to_beginning(partition)
            while True:
                for record in (await consumer.getmany(timeout_ms=1000)).get(partition, []):
                    self.take(record.value)
        finally:
            await stop(consumer)

    def take(self, value: bytes | None) -> None:
        """Takes up a record of the topic; one that isn't a mark is passed over."""
        try:
            mark = Mark.from_json(value or b"")
        except (ValueError, KeyError, TypeError, AttributeError):
            _log.warning("a record is not a mark", topic=self._topic)
            return
        if mark.newer_than(self.marks.get(mark.service)):
            self.marks[mark.service] = mark

    def behind(self, offsets: Mapping[int, LogOffset], within: timedelta) -> tuple[str, ...]:
        """The services that the reader's picture can't be trusted for, and why, one sentence each.

        Args:
            offsets: per partition where the reader will fold next.
            within: how old a mark may be.
        """
        return self._behind(offsets, self._now() - within)

    def level(self, offsets: Mapping[int, LogOffset], within: timedelta) -> bool:
        """Whether every relay's mark is younger than `within` and everything up to it is folded."""
        return not self.behind(offsets, within)

    def reached(self, offsets: Mapping[int, LogOffset], by: datetime) -> bool:
        """Whether everything that any service had recorded by then is folded."""
        return not self._behind(offsets, by)

    def _behind(self, offsets: Mapping[int, LogOffset], oldest: datetime) -> tuple[str, ...]:
        sentences = []
        for service in self._services:
            mark = self.marks.get(service)
            if mark is None:
                sentences.append(f"{service}: no mark yet")
            elif mark.at < oldest:
                sentences.append(f"{service}: the last mark is of {mark.at.isoformat()}")
            elif not mark.is_folded_at(offsets):
                sentences.append(f"{service}: not read up to its last mark")
        return tuple(sentences)
