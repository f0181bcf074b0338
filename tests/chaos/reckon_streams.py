"""Every event is in its store without a gap, on the log in its stream's order, and in every view once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from shared.contracts.services import PUBLISHERS
from tests.chaos.log import Log
from tests.chaos.site import READERS, Site

STREAMS: Final = """
SELECT originator_id AS stream, max(originator_version) AS last, count(*) AS events
FROM public.stored_events
GROUP BY originator_id
"""
APPLIED: Final = "SELECT stream, version FROM views.stream_positions"
ASIDE: Final = """
SELECT 'parked: ' || key || ': ' || error AS what FROM views.parked_keys
UNION ALL
SELECT 'held: ' || stream || ' ' || version FROM views.held_events
UNION ALL
SELECT 'due work parked: ' || command || ' for ' || stream || ': ' || error
FROM public.due_work WHERE parked_at IS NOT NULL
"""
_SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class Streams:
    """The last version of every stream of every service, and how many events that is."""

    versions: dict[str, int]

    @property
    def events(self) -> int:
        """Events recorded."""
        return sum(self.versions.values())


async def reckon(site: Site, log: Log) -> tuple[Streams, list[str]]:
    """The streams as they are recorded, and what differs from that, a sentence each."""
    wrong: list[str] = []
    versions: dict[str, int] = {}
    for service in PUBLISHERS:
        for row in await site.rows(service, STREAMS):
            if row["events"] != row["last"]:
                wrong.append(
                    f"{service}: {row['stream']} has {row['events']} events and ends at {row['last']}"
                )
            if row["stream"] in versions:
                wrong.append(f"{service}: {row['stream']} is another service's, too")
            versions[row["stream"]] = row["last"]
    await log.read_on()
    wrong += log.wrong
    log.wrong = []
    wrong += _differences("the log", log.versions, versions)
    for service in READERS:
        applied = {row["stream"]: row["version"] for row in await site.rows(service, APPLIED)}
        wrong += _differences(f"the views of {service}", applied, versions)
        wrong += [f"{service}: {row['what']}" for row in await site.rows(service, ASIDE)]
    return Streams(versions), wrong


def _differences(where: str, found: Mapping[str, int], wanted: Mapping[str, int]) -> Iterator[str]:
    if found == wanted:
        return
    differing = sorted(
        stream for stream in found.keys() | wanted.keys() if found.get(stream) != wanted.get(stream)
    )
    for stream in differing[:_SHOWN]:
        yield f"{where}: {stream} stands at {found.get(stream)}, recorded is {wanted.get(stream)}"
    if len(differing) > _SHOWN:
        yield f"{where}: and {len(differing) - _SHOWN} streams more"
