"""What of a case is shown: as it was known at one moment, and what had happened by another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from services.audit.views.log.rows import LogRow


@dataclass(frozen=True, slots=True)
class Cut:
    """Which events are shown and how many are left out.

    Attributes:
        as_at: what was recorded later is left out; none: nothing is.
        happened_by: what happened later is left out.
        later: how many were recorded after `as_at`.
        not_yet: how many of the others happened after `happened_by`.
    """

    shown: tuple[LogRow, ...]
    as_at: datetime | None
    happened_by: datetime | None
    later: int
    not_yet: int


def cut(rows: Iterable[LogRow], as_at: datetime | None, happened_by: datetime | None) -> Cut:
    """Cuts a case's events. As at a moment, each stream is shown up to its first event recorded after it:
    nobody ever knew a later event of a stream without the earlier ones."""
    every = list(rows)
    known = _recorded_by(every, as_at)
    shown = [row for row in known if happened_by is None or row.envelope.happened_at <= happened_by]
    return Cut(tuple(shown), as_at, happened_by, len(every) - len(known), len(known) - len(shown))


def _recorded_by(rows: list[LogRow], as_at: datetime | None) -> list[LogRow]:
    if as_at is None:
        return rows
    ends: dict[str, int] = {}
    for row in rows:
        envelope = row.envelope
        if envelope.recorded_at > as_at:
            ends[envelope.stream] = min(envelope.version, ends.get(envelope.stream, envelope.version))
    return [row for row in rows if row.envelope.version < ends.get(row.envelope.stream, 2**63)]
