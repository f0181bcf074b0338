"""`docs/how-to/write-a-service.md`, followed to the letter on a copy of the project: what it says is so."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import httpx
import pytest

from deploy.cli.services import urls
from tests.chaos.site import PORTS
from tests.conftest import free_ports
from tests.e2e.page import blocks, copy_of, write
from tests.e2e.up import ROOT, SECONDS, Up, of_checkout

PAGE: Final = ROOT / "docs" / "how-to" / "write-a-service.md"
OWN: Final = ("services/returns/", "tests/unit/returns/")
PORT: Final = 6


def run(script: str, checkout: Path) -> None:
    """Runs a block of the page as somebody at a terminal would, in the project's environment."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=checkout,
        env={**of_checkout(checkout), "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{script}\n{done.stdout[-5000:]}{done.stderr[-5000:]}"


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project in which the page has been followed, its checks included."""
    checkout = copy_of(ROOT, tmp_path_factory.mktemp("project"))
    for block in blocks(PAGE):
        if block.language == "sh":
            run(block.text, checkout)
        else:
            write(block, checkout)
    return checkout


def test_the_page_counts_the_files_outside_the_services_own_folders() -> None:
    outside = {each.file for each in blocks(PAGE) if each.file and not each.file.startswith(OWN)}
    (told,) = re.findall(r"folders: (\d+)\.", PAGE.read_text("utf-8"))
    assert int(told) == len(outside)


async def until(client: httpx.AsyncClient, url: str, **wanted: Any) -> dict[str, Any]:
    """What a GET answers once these fields have these values."""
    found: dict[str, Any] = {}
    try:
        async with asyncio.timeout(SECONDS):
            while not wanted.items() <= found.items():
                found = (await client.get(url)).json()
                await asyncio.sleep(0.05)
    except TimeoutError:
        raise AssertionError(f"{url} stays {found}") from None
    return found


async def test_the_service_of_the_page_folds_a_contact_and_keeps_what_it_decides(
    checkout: Path, tmp_path: Path
) -> None:
    up = Up(tmp_path / "redress", free_ports(PORTS), checkout)
    intake, returns = urls(up.port_base)["intake"], f"http://127.0.0.1:{up.port_base + PORT}"
    year = datetime.now(UTC).year
    async with up.running(), await up.client("olwen", "--person", "--role=supervisor") as olwen:
        contact = {"message_id": "counted", "text": "The bins of our street were not emptied."}
        opened = await olwen.post(f"{intake}/contacts/json", json=contact)
        assert opened.status_code == 201, opened.text
        triage = f"{intake}/cases/{opened.json()['reference']}/triage"
        assert (await olwen.post(triage, json={"regime": "corporate"})).is_success

        figures = [{"regime": "corporate", "cases": 1}]
        await until(olwen, f"{returns}/returns/{year}", figures=figures, sent=None)

        send = f"{returns}/returns/{year}/send"
        early = await olwen.post(send, json={"sent_on": f"{year}-12-31"})
        assert (early.status_code, early.json()["code"]) == (409, "too-early")
        assert (await olwen.post(send, json={"sent_on": f"{year + 1}-04-01"})).is_success
        sent = {"year": year, "sent_on": f"{year + 1}-04-01", "figures": figures}
        await until(olwen, f"{returns}/returns/{year}", sent=sent)
        assert (await olwen.get(f"{returns}/health/ready")).is_success
