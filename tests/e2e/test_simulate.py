"""`redress simulate` into the running system: the cases live there as their deciders said, and nobody hears of them."""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from datetime import UTC, datetime

from deploy.simulation.lives import lives, to_be_filed
from shared.contracts.intake import CaseOpened
from shared.kit.events import SealedValue
from tests.chaos.site import Site
from tests.e2e.council import SECONDS, Council, letters_in

SEED, CASES = 11, 20
STORES = ("intake", "deadlines", "ombudsman", "notifications")
OPENED = """
SELECT key FROM stored_events
WHERE topic = 'redress.intake.case-opened.v1' AND convert_from(state, 'UTF8') LIKE '%"simulated-%'
"""


async def redress(site: Site, *arguments: str) -> str:
    """What the command prints; it must succeed."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "deploy.cli.main", *arguments, f"--home={site.home}"),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    printed = (await process.communicate())[0].decode()
    assert process.returncode == 0, printed
    return printed


def addresses() -> set[str]:
    """Where the made-up customers could be written to."""
    found: set[str] = set()
    for life in lives(SEED, CASES, to_be_filed(datetime.now(UTC))):
        for each in life.recorded:
            customer = each.event.customer if isinstance(each.event, CaseOpened) else None
            if customer is not None and isinstance(customer.email, SealedValue):
                found.add(customer.email.ciphertext or "")  # plain: a life in memory seals nothing
    return found


def lived() -> Counter[str]:
    """The events of the lives by type, as their deciders made them."""
    found: Counter[str] = Counter()
    for life in lives(SEED, CASES, to_be_filed(datetime.now(UTC))):
        case = life.world.case_id
        found.update(each.envelope.wire_name for each in life.recorded if each.envelope.key == case)
    return found


async def stored(site: Site) -> Counter[str]:
    """The events of the filed cases by type, as they stand in the stores."""
    cases = [row["key"] for row in await site.rows("intake", OPENED)]
    found: Counter[str] = Counter()
    for service in STORES:
        rows = await site.rows(service, "SELECT topic FROM stored_events WHERE key = ANY ($1::uuid[])", cases)
        found.update(row["topic"] for row in rows)
    return found


async def owed_later(site: Site) -> int:
    """What the services owe these cases some day: timers, but for the look whether a notice has left, which it has."""
    cases = [row["key"] for row in await site.rows("intake", OPENED)]
    asked = "SELECT id FROM due_work WHERE key = ANY ($1::uuid[]) AND due_at > now() AND command <> 'lapse'"
    return sum(
        [len(await site.rows(service, asked, cases)) for service in ("intake", "deadlines", "notifications")]
    )


async def until_lived(site: Site, expected: Counter[str]) -> None:
    """Waits until every service has heard everything."""
    try:
        async with asyncio.timeout(SECONDS):
            while (found := await stored(site)) != expected:  # noqa: ASYNC110  only looking can tell
                await asyncio.sleep(0.1)
    except TimeoutError:
        raise AssertionError(f"lacking {expected - found}, too many {found - expected}") from None


async def test_historic_lives_are_filed_once_and_nobody_hears_of_them(site: Site, council: Council) -> None:
    expected = lived()
    asked = ("simulate", f"--seed={SEED}", f"--cases={CASES}")
    assert "100%" in await redress(site, *asked)
    await until_lived(site, expected)
    assert await owed_later(site) == 0

    await redress(site, *asked)  # the same cases again, each request with its id: nothing comes of it
    assert await stored(site) == expected

    assert (
        expected["redress.notifications.suppressed.v1"] == expected["redress.notifications.requested.v1"] > 0
    )
    invented = addresses()
    assert invented
    written_to = [letter["X-Envelope-To"] for letter in letters_in(site.home / "mail")]
    assert [each for each in written_to if each in invented or "sim-" in each] == []
    (example,) = await site.rows(
        "intake", f"SELECT reference FROM case_references WHERE key IN ({OPENED}) LIMIT 1"
    )
    shown = (await council.asks("deadlines", f"/cases/{example['reference']}/clocks")).json()
    assert shown["historic"]
    await redress(site, "audit", "verify")
