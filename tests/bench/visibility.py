"""When what was committed could be seen, told by PostgreSQL itself after the fact: nothing is polled meanwhile.

Every service keeps a row a stream with the last version that its views have folded, written in the fold's own
transaction, and the server remembers when each transaction was committed. So one query afterwards gives the time of
the event's commit and of each service's: both on one clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tests.chaos.site import READERS, Site

_COMMITTED: Final = """
SELECT
    e.originator_id AS stream,
    e.originator_version AS version,
    extract(epoch FROM pg_xact_commit_timestamp(e.xmin))::float8 AS at
FROM public.stored_events AS e
JOIN public.case_references AS r ON r.stream = e.originator_id
WHERE e.topic = 'redress.intake.note-added.v1' AND r.reference = ANY($1::text[])
"""
_SEEN: Final = """
SELECT stream, version, extract(epoch FROM pg_xact_commit_timestamp(xmin))::float8 AS at
FROM views.stream_positions
WHERE stream = ANY($1::text[])
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """A note: when it was committed and when each service's views showed it, in seconds since 1970."""

    committed: float
    at: dict[str, float]

    @property
    def everywhere_after(self) -> float:
        """Seconds until every service showed it."""
        return max(self.at.values()) - self.committed

    def after(self, service: str) -> float:
        """Seconds until this service showed it."""
        return self.at[service] - self.committed


async def notes_on(site: Site, references: Sequence[str]) -> list[Seen]:
    """The notes on these cases, one on each and nothing after it, in the order of their commits.

    Raises:
        RuntimeError: a service doesn't show one, or shows something later: then the time isn't known.
    """
    rows = await site.rows("intake", _COMMITTED, list(references))
    noted = {row["stream"]: (row["version"], row["at"]) for row in rows}
    found: dict[str, dict[str, float]] = {stream: {} for stream in noted}
    for service in READERS:
        for row in await site.rows(service, _SEEN, list(noted)):
            if row["version"] == noted[row["stream"]][0]:
                found[row["stream"]][service] = row["at"]
    lacking = [stream for stream, seen in found.items() if len(seen) < len(READERS)]
    if lacking or len(noted) != len(set(references)):
        raise RuntimeError(f"{len(lacking)} of {len(noted)} notes can't be timed, such as {lacking[:3]}")
    seen = [Seen(noted[stream][1], at) for stream, at in found.items()]
    return sorted(seen, key=lambda one: one.committed)
