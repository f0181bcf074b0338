"""The loader of measurements: what it wrote past the front doors is what the services would have written."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import httpx
import pytest

from deploy.cli.service_process import run_task
from deploy.cli.services import WITH_DATABASE
from shared.contracts.services import PUBLISHERS
from shared.rules.regimes import load_regimes
from tests.bench.loading.load import Loaded, Wanted, load
from tests.bench.loading.stores import NotEmpty, Place
from tests.chaos.settling import settled
from tests.chaos.site import Site, opened

CASES, LIVES = 200, 40
STORED = "SELECT count(*) AS number FROM public.stored_events"
LISTED = "SELECT reference, regime, standing FROM views.case_list ORDER BY reference"
SETTLED_WITHIN = 240


def wanted() -> Wanted:
    """Five copies of each life, with all that happens in lives."""
    return Wanted(CASES, LIVES, seed=1, events_a_case=None, until=datetime.now(UTC))


@pytest.fixture(scope="module")
async def site(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    """An installation of its own: it has to be empty."""
    async with opened(tmp_path_factory.mktemp("loaded")) as site:
        yield site


@pytest.fixture(scope="module")
async def loaded(site: Site) -> Loaded:
    """The installation filled, and everything done that is due."""
    done = await load(Place.of(site.home), wanted(), lambda step, number, of: None)  # noqa: ARG005  nobody looks
    await settled(site, SETTLED_WITHIN)
    return done


@pytest.fixture(scope="module")
async def office(site: Site, loaded: Loaded) -> AsyncIterator[httpx.AsyncClient]:  # noqa: ARG001  it was empty before
    """Somebody who works here, registered after the load."""
    async with site.client(site.person("Olu Officer", "supervisor", "auditor", "restricted")) as client:
        yield client


async def test_every_case_is_there_and_every_service_has_read_it(site: Site, loaded: Loaded) -> None:
    assert loaded.cases == CASES
    assert loaded.events > CASES * 20
    stored = sum([(await site.rows(name, STORED))[0]["number"] for name in PUBLISHERS])
    assert stored >= loaded.events
    cases = await site.rows("intake", LISTED)
    assert len({case["reference"] for case in cases}) == len(cases) == CASES
    assert len({case["regime"] for case in cases}) > 8
    kept = await site.rows("audit", "SELECT count(*) AS number FROM public.audit_log")
    assert kept[0]["number"] == stored
    parked = [await site.rows(name, "SELECT key, error FROM views.parked_keys") for name in WITH_DATABASE]
    assert parked == [[]] * len(WITH_DATABASE)


async def test_a_loaded_case_is_read_and_worked_on_like_any_other(
    site: Site, office: httpx.AsyncClient
) -> None:
    with_clocks = {name for name, regime in load_regimes().items() if regime.clocks}
    case = next(
        row
        for row in await site.rows("intake", LISTED)
        if row["regime"] in with_clocks and row["standing"] == "open"
    )
    path = f"/cases/{case['reference']}"
    document = (await office.get(f"{site.url('intake')}{path}")).json()
    assert document["customer"]["name"], "its texts are sealed under keys that open them"

    note = {"text": "Rang them back."}
    done = await office.post(f"{site.url('intake')}{path}/note", json=note)
    assert done.is_success, done.text
    await settled(site, SETTLED_WITHIN)

    timeline = (await office.get(f"{site.url('audit')}{path}/timeline")).json()
    assert timeline["complete"]
    names = [event["type"].split(".")[2] for event in timeline["events"]]
    assert {"case-opened", "triaged", "clock-started", "note-added"} <= set(names)
    assert "Rang them back." in str(timeline["events"])


async def test_verification_is_clean_and_rebuilt_views_are_the_same(site: Site, loaded: Loaded) -> None:  # noqa: ARG001  after it
    assert await asyncio.to_thread(run_task, site.home, "audit", ["verify"]) == 0
    for service in WITH_DATABASE:
        assert await asyncio.to_thread(run_task, site.home, service, ["rebuild"]) == 0


async def test_a_system_that_holds_cases_is_never_loaded(site: Site, loaded: Loaded) -> None:
    before = await site.rows("intake", STORED)
    with pytest.raises(NotEmpty, match=f"there are {loaded.cases} cases"):
        await load(Place.of(site.home), wanted(), lambda step, number, of: None)  # noqa: ARG005  nobody looks
    assert await site.rows("intake", STORED) == before


def test_where_nothing_runs_nothing_is_loaded(tmp_path_factory: pytest.TempPathFactory) -> None:
    with pytest.raises(NotEmpty, match="start `redress up"):
        Place.of(tmp_path_factory.mktemp("nothing"))
