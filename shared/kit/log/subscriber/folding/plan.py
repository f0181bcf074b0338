"""What to do with a batch: apply, drop, hold, queue or park. Pure, and the same for live views and rebuilds.

Within a stream every event is applied once, in the order of its versions. Between streams there is no order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from shared.kit.events import UnknownEvent
from shared.kit.log.subscriber.received import Item, Received

RecordPlace = tuple[int, int]
"""Partition and offset."""


@dataclass(slots=True)
class Known:
    """What was known before the batch.

    Attributes:
        versions: the last version applied of each stream; one that isn't there has none.
        held: what is held, by stream and version.
        parked: keys whose events queue.
    """

    versions: Mapping[str, int]
    held: Mapping[str, Mapping[int, Item]]
    parked: frozenset[UUID]


@dataclass(slots=True)
class Plan:
    """What becomes of a batch.

    Attributes:
        apply: to be folded, in order.
        versions: the new version of each stream that moves.
        hold: came before their predecessors.
        release: stream and version of what was held before the batch and is now applied or queued.
        park: why each newly parked key is parked, and its partition.
        queue: to be put behind their parked keys, in order, with the error of the one that is at fault.
        repeats: events dropped because they had been applied; `repeated` are those themselves.
        unknown: applied events of a type that this reader has never heard of.
        due: rows of due work that the applied events led to.
    """

    apply: list[Received] = field(default_factory=list)
    versions: dict[str, int] = field(default_factory=dict)
    hold: dict[tuple[str, int], Item] = field(default_factory=dict)
    release: list[tuple[str, int]] = field(default_factory=list)
    park: dict[UUID, tuple[int, str]] = field(default_factory=dict)
    queue: list[tuple[Item, str | None]] = field(default_factory=list)
    repeats: int = 0
    repeated: list[Received] = field(default_factory=list)
    unknown: int = 0
    due: int = 0


def plan(items: Iterable[Item], known: Known, poison: Mapping[RecordPlace, str]) -> Plan:
    """The plan for these items, in order. `poison` names records that a fold has failed on, and how."""
    made = Plan()
    for item in items:
        following: Item | None = item
        while following is not None:
            following = _take(following, known, poison, made)
    return made


def _take(item: Item, known: Known, poison: Mapping[RecordPlace, str], made: Plan) -> Item | None:
    """Places one item; gives the held one that can follow it, if there is one."""
    if item.key in known.parked or item.key in made.park:
        made.queue.append((item, item.error))
        return None
    error = item.error or poison.get(item.place)
    received = item.received
    if error is not None or received is None:
        _park(item, error or "unreadable", made)
        return None
    stream, version = received.envelope.stream, received.envelope.version
    at = made.versions.get(stream, known.versions.get(stream, 0))
    if version <= at:
        made.repeats += 1
        made.repeated.append(received)
    elif version == at + 1:
        _apply(received, made)
        return _held(stream, version + 1, known, made)
    elif version not in known.held.get(stream, {}):
        made.hold[stream, version] = item
    return None


def _apply(received: Received, made: Plan) -> None:
    made.apply.append(received)
    made.versions[received.envelope.stream] = received.envelope.version
    if isinstance(received.event, UnknownEvent):
        made.unknown += 1


def _park(item: Item, error: str, made: Plan) -> None:
    made.park[item.key] = (item.partition, error)
    made.queue.append((item, error))


def _held(stream: str, version: int, known: Known, made: Plan) -> Item | None:
    fresh = made.hold.pop((stream, version), None)
    if fresh is not None:
        return fresh.set_aside()
    kept = known.held.get(stream, {}).get(version)
    if kept is not None:
        made.release.append((stream, version))
    return kept
