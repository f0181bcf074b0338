"""From an event's commit to the commit of the last view that shows it, at a hundred events a second."""

from __future__ import annotations

from typing import Final

from tests.bench.cases import Notes, open_cases
from tests.bench.opening import installation
from tests.bench.row import Goal, Row, percentile
from tests.bench.visibility import Seen, notes_on
from tests.chaos.settling import settled
from tests.chaos.site import READERS

RATE: Final = 100.0
_MILLI: Final = 1000


async def measure(*, quick: bool) -> Row:
    """One note on each of many cases."""
    async with installation() as site:
        made = await open_cases(site, 300 if quick else 1200)
        await Notes(site, made.references).steadily(RATE, len(made.references))
        await settled(site, 300)
        seen = await notes_on(site, made.references)
    return _row(seen[len(seen) // 10 :])  # the first of them warm up


def _row(seen: list[Seen]) -> Row:
    everywhere = [_MILLI * one.everywhere_after for one in seen]
    of_each = {service: [_MILLI * one.after(service) for one in seen] for service in READERS}
    told = ", ".join(
        f"{service} {percentile(after, 0.5):.1f} and {percentile(after, 0.99):.0f}"
        for service, after in of_each.items()
    )
    return Row(
        "event committed → visible in every view",
        (
            Goal("p50 at 100 events a second", 20, percentile(everywhere, 0.5), "ms", at_most=True),
            Goal("p99", 150, percentile(everywhere, 0.99), "ms", at_most=True),
        ),
        "",
        (f"p50 and p99 by service, ms: {told}. By the server's commit timestamps; nothing is polled.",),
    )
