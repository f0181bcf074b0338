"""`make up` on an empty folder: a council in the middle of its work, filed once, which an officer goes on with."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from deploy.cli.services import urls
from shared.rules.calendar import Region, load_calendar, london_day
from shared.rules.regimes import load_regimes
from shared.rules.regimes.rules import Trigger
from tests.chaos.site import PORTS
from tests.conftest import free_ports, until
from tests.e2e.council import letters_in
from tests.e2e.up import Up

FILLED_WITHIN = 240
SEES_ALL = "--person", "--role=supervisor", "--role=restricted"
BEING_FILED, FILED = "are being filed", "all filed"


@pytest.fixture
def up(tmp_path: Path) -> Up:
    """What `make up` runs, on a folder that isn't there yet."""
    return Up(tmp_path / "sandbox", free_ports(PORTS), options=("--sandbox", "--office-hours=all"))


async def due(up: Up, office: httpx.AsyncClient) -> list[dict[str, Any]]:
    """Every duty that runs, the first due first."""
    answer = await office.get(f"{urls(up.port_base)['deadlines']}/due", params={"limit": 500})
    assert answer.is_success, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def cases(up: Up, office: httpx.AsyncClient) -> int:
    """How many there are."""
    answer = await office.get(f"{urls(up.port_base)['intake']}/cases", params={"limit": 200})
    return len(answer.json()["cases"])


def awaits_an_answer(item: dict[str, Any]) -> bool:
    """Whether the case's answer meets this clock."""
    regime = load_regimes().in_force(item["regime"], date.fromisoformat(item["base_date"]))
    clocks = {clock.name: clock for clock in regime.clocks}
    return item["clock"] in clocks and clocks[item["clock"]].met_by == Trigger("responded", item["stage"])


async def may_be_answered_by_post(up: Up, office: httpx.AsyncClient, reference: str) -> bool:
    """Whether that is offered now: some customers can't be written to."""
    answer = await office.get(f"{urls(up.port_base)['intake']}/cases/{reference}/actions")
    (respond,) = (each for each in answer.json()["actions"] if each["command"] == "respond")
    return any("post" in choice["values"]["means"] for choice in respond["choices"])


async def test_a_sandbox_opens_with_work_that_is_due_and_an_officer_goes_on_with_it(up: Up) -> None:
    async with up.running(), await up.client("olwen", "--person", "--role=supervisor") as office:
        await until(lambda: BEING_FILED in up.printed())
        today = london_day(datetime.now(UTC))
        await until(lambda: FILED in up.printed() or "not all" in up.printed(), FILLED_WITHIN)
        assert FILED in up.printed(), up.printed()
        opens = load_calendar().on_or_after(today, Region.ENGLAND_AND_WALES)

        found = await due(up, office)
        days = [date.fromisoformat(item["due_on"]) for item in found]
        assert opens in days, "something is due today, or on the day on which the office opens again"
        assert days[0] < today < days[-1]
        assert len({item["regime"] for item in found}) > 3
        assert len({item["officer_id"] for item in found} - {None}) > 3
        assert not any(item["historic"] for item in found)
        assert found[0]["reference"] in await up.asked("due")

        mail = letters_in(up.home / "mail")
        assert any("is due on" in letter["Subject"] for letter in mail), "reminders have left"
        assert any("customers.example" in letter["X-Envelope-To"] for letter in mail), "and acknowledgements"

        waiting = [item for item in found if awaits_an_answer(item)]
        offered = [each for each in waiting if await may_be_answered_by_post(up, office, each["reference"])]
        item = offered[0]
        letter = {"means": "post", "subject": "Our answer", "text": "We went back.", "sent_on": f"{today}"}
        answered = await office.post(
            f"{urls(up.port_base)['intake']}/cases/{item['reference']}/respond",
            json={"outcome": "upheld", **letter},
        )
        assert answered.is_success, answered.text
        before = await cases(up, office)

    async with up.running(), await up.client("olwen", "--person") as office:
        assert await cases(up, office) == before > 30
        assert up.printed().count(BEING_FILED) == 1, "a folder that holds something is never filled"
        left = await due(up, office)
        assert (item["reference"], item["clock"]) not in [(one["reference"], one["clock"]) for one in left]


async def test_a_sandbox_that_was_stopped_while_it_filled_goes_on_at_the_next_start(up: Up) -> None:
    async with up.running(), await up.client("olwen", *SEES_ALL) as office:
        await until(lambda: BEING_FILED in up.printed())
        async with asyncio.timeout(FILLED_WITHIN):
            while not await cases(up, office):  # noqa: ASYNC110  only looking can tell
                await asyncio.sleep(0.05)
    assert FILED not in up.printed()
    async with up.running(), await up.client("olwen", *SEES_ALL) as office:
        await until(lambda: FILED in up.printed() or "not all" in up.printed(), FILLED_WITHIN)
        assert FILED in up.printed(), up.printed()
        assert await cases(up, office) == int(up.printed().split("all filed. ")[1].split()[0])
    async with up.running():
        assert up.printed().count(BEING_FILED) == 2
