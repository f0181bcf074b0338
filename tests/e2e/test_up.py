"""`redress up`: beside another installation, refused a second time, stopped without a trace, started again."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx

from deploy.cli.environment import up_file
from deploy.cli.services import SERVICES, urls
from tests.chaos.site import PORTS
from tests.conftest import free_ports
from tests.e2e.council import Council
from tests.e2e.up import SECONDS, Up

BODY = {"message_id": "kept", "text": "The bins of our street were not emptied."}


async def send(crm: httpx.AsyncClient, port_base: int) -> httpx.Response:
    """The one contact."""
    return await crm.post(f"{urls(port_base)['intake']}/contacts/json", json=BODY)


async def test_up_keeps_its_data_and_leaves_nothing_running(council: Council, tmp_path: Path) -> None:
    up = Up(tmp_path / "redress", free_ports(PORTS))
    async with up.running() as process, await up.client("crm", "--scope=contacts:write") as crm:
        first = await send(crm, up.port_base)
        assert first.status_code == 201, first.text
        assert len(up.left_running()) >= len(SERVICES), "the look at running processes sees none"

        # Another installation runs beside it: each has its own cases and its own keys.
        elsewhere = await council.sends(BODY)
        assert elsewhere.status_code == 201
        assert (await send(crm, council.site.installation.port_base)).status_code == 401

        second = await Up(up.home, free_ports(PORTS)).start()
        async with asyncio.timeout(SECONDS):
            assert await second.wait() != 0
        assert f"is in use by the running process {process.pid}" in up.printed()
    assert process.returncode == 0, up.printed()
    assert up.left_running() == []
    assert not up_file(up.home).exists()

    async with up.running(), await up.client("crm", "--scope=contacts:write") as crm:
        again = await send(crm, up.port_base)
        assert (again.status_code, again.json()["reference"]) == (200, first.json()["reference"])
    assert up.left_running() == []
