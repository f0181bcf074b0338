"""What a relay remembers: how far it has come, and which log that was."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from shared.kit.eventstore import BEGINNING, Position


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """The last record of this relay that the log acknowledged in a partition: where it lies, and how it is known."""

    offset: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the store has been published, in which cluster, and the last record in each partition."""

    position: Position = BEGINNING
    cluster_id: str | None = None
    acknowledged: Mapping[int, Acknowledged] = field(default_factory=dict)

    def offsets(self) -> dict[int, int]:
        """The last acknowledged offset of each partition."""
        return {partition: last.offset for partition, last in self.acknowledged.items()}

    def acknowledged_json(self) -> str:
        """As it is stored."""
        return json.dumps({str(p): [last.offset, last.fingerprint] for p, last in self.acknowledged.items()})


def acknowledged_from(stored: str) -> dict[int, Acknowledged]:
    """What `Progress.acknowledged_json` wrote."""
    return {int(p): Acknowledged(offset, known_by) for p, (offset, known_by) in json.loads(stored).items()}


def same_log(progress: Progress, cluster_id: str, found: Mapping[int, str | None]) -> bool:
    """Whether the log is the one that `progress` was made in: its cluster, and every record where it lay.

    `found` holds the fingerprint of what lies at each acknowledged offset, None for a log that is shorter.
    """
    if progress.cluster_id is not None and progress.cluster_id != cluster_id:
        return False
    return all(found.get(p) == last.fingerprint for p, last in progress.acknowledged.items())
