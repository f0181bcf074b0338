"""A sandbox whose filling was killed goes on where it stopped: every case is there, once."""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from deploy.sandbox import mark
from deploy.simulation.going_on import going_on
from shared.contracts.intake import Assigned, CaseOpened, EscalationRequested, NoteAdded, Triaged
from tests.chaos.site import Site, opened

SEED, CASES = 5, 8
BY_PEOPLE = {each.wire_name for each in (CaseOpened, Triaged, Assigned, NoteAdded, EscalationRequested)}
"""What follows from what is filed alone, and from nothing that services do."""
FILED = """
SELECT topic FROM stored_events WHERE key IN (
    SELECT key FROM stored_events
    WHERE topic = 'redress.intake.case-opened.v1' AND convert_from(state, 'UTF8') LIKE $1
)
"""


@pytest.fixture
async def sandbox(tmp_path: Path) -> AsyncIterator[Site]:
    """An installation of its own: its people are reminded."""
    async with opened(tmp_path) as site:
        yield site


async def filling(site: Site) -> asyncio.subprocess.Process:
    """A process that fills it."""
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "deploy.simulation.filling", str(site.home), str(SEED), str(CASES)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )


async def filed(site: Site, identities: Iterable[str]) -> Counter[str]:
    """What the store has of these cases."""
    found: Counter[str] = Counter()
    for identity in identities:
        rows = await site.rows("intake", FILED, f'%"{identity}"%')
        found.update(row["topic"] for row in rows if row["topic"] in BY_PEOPLE)
    return found


async def test_given_a_filling_that_is_killed_when_it_goes_on_then_every_case_is_there_once(
    sandbox: Site,
) -> None:
    began = datetime.now(UTC)
    mark.begin(sandbox.home, began)
    found = going_on(SEED, CASES, began)
    wanted = Counter(
        each.envelope.wire_name
        for life in found
        for each in life.recorded
        if each.envelope.key == life.world.case_id and each.envelope.wire_name in BY_PEOPLE
    )
    identities = [life.identity for life in found]

    killed = await filling(sandbox)
    while not (begun := await filed(sandbox, identities)):  # noqa: ASYNC110  only looking can tell
        await asyncio.sleep(0.02)
    killed.kill()
    await killed.wait()
    assert begun[CaseOpened.wire_name] < len(found)
    assert mark.began_at(sandbox.home) == began

    printed = (await (again := await filling(sandbox)).communicate())[0].decode()
    assert again.returncode == 0, printed
    assert f"{len(found)} cases" in printed
    assert await filed(sandbox, identities) == wanted
    assert mark.began_at(sandbox.home) is None

    refused = await filling(sandbox)
    assert "isn't a sandbox that is being filled" in (await refused.communicate())[0].decode()
    assert refused.returncode == 1
