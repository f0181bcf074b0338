"""From where each reactor reacts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from shared.kit import sql
from shared.kit.log.subscriber.received import Received
from shared.kit.log.subscriber.views.view import Connection, Reactor

_SQL: Final = sql.Statements("shared.kit.log.subscriber")


@dataclass(frozen=True, slots=True)
class Start:
    """Where a reactor was first started: an offset of each partition of the log that was there then, and when."""

    since: datetime
    from_beginning: bool
    offsets: Mapping[int, int]

    def reacts(self, received: Received) -> bool:
        """Whether the event came after the start; in a log made anew the time of recording decides."""
        if self.from_beginning:
            return True
        first = self.offsets.get(received.partition)
        if first is not None:
            return received.offset >= first
        return received.envelope.recorded_at >= self.since


@dataclass(frozen=True, slots=True)
class Starts:
    """The start of each reactor."""

    by_name: Mapping[str, Start]

    def reacts(self, reactor: str, received: Received) -> bool:
        return self.by_name[reactor].reacts(received)


def starts_from(told: Mapping[str, Mapping[str, Any]]) -> Starts:
    """The starts as `sql/standing.sql` tells them. They live with the live views, also while others are rebuilt."""
    return Starts(
        {
            name: Start(
                datetime.fromisoformat(start["since"]),
                start["from_beginning"],
                {int(partition): off for partition, off in start["offsets"].items()},
            )
            for name, start in told.items()
        }
    )


async def remember_reactors(
    connection: Connection, reactors: Sequence[Reactor], ends: Mapping[int, int]
) -> None:
    """Starts the reactors that are new, at the end of the log unless they want its beginning."""
    for reactor in reactors:
        added = await connection.fetchval(_SQL.add_reactor, reactor.name, reactor.from_beginning)
        if added is not None and not reactor.from_beginning:
            await connection.execute(_SQL.start_reactor, reactor.name, list(ends), list(ends.values()))
