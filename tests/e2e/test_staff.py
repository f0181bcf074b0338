"""Who somebody is and what they may do, from the command line to every service of a running installation."""

from __future__ import annotations

import asyncio
import os
import sys
from typing import Any, Final

import httpx

from tests.e2e.council import Council

SECONDS: Final = 20
READS: Final = {
    "intake": "/cases",
    "deadlines": "/due",
    "ombudsman": "/desk",
    "notifications": "/outbox",
}


async def redress(council: Council, *arguments: str, status: int = 0) -> str:
    """What `redress` prints on this installation's data folder."""
    home = f"--home={council.site.home}"
    environment = {name: value for name, value in os.environ.items() if name != "REDRESS_TOKEN"}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "deploy.cli.main", *arguments, home),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=environment,
    )
    output, errors = await process.communicate()
    assert process.returncode == status, errors.decode()
    return (output if status == 0 else errors).decode().strip()


def as_(council: Council, token: str) -> httpx.AsyncClient:
    return council.site.client({"Authorization": f"Bearer {token}"})


async def answers(council: Council, client: httpx.AsyncClient) -> dict[str, int]:
    """What each service answers to somebody who wants to read."""
    return {
        service: (await client.get(f"{council.site.url(service)}{path}")).status_code
        for service, path in READS.items()
    }


async def test_a_token_serves_everywhere_at_once_until_its_owner_leaves(council: Council) -> None:
    token = await redress(council, "token", "create", "olwen", "--person", "--role=officer")
    async with as_(council, token) as olwen:
        assert await answers(council, olwen) == dict.fromkeys(READS, 200)
        url = f"{council.site.url('notifications')}/parked"
        assert (await olwen.get(url)).json()["code"] == "scope-missing"

        again = await redress(council, "token", "create", "olwen", "--person", "--role=supervisor")
        async with as_(council, again) as promoted:
            assert (await promoted.get(url)).status_code == 200
        assert (await olwen.get(url)).status_code == 200, "the role is hers, whichever token she uses"

        await redress(council, "staff", "leave", "olwen")
        async with asyncio.timeout(SECONDS):
            while set((await answers(council, olwen)).values()) != {403}:
                pass  # each round asks every service


async def test_two_namesakes_are_two_people(council: Council) -> None:
    ids = [
        await redress(council, "staff", "add", login, "--name=Sam Smith", "--role=officer")
        for login in ("sam.smith", "sam.smith2")
    ]
    assert ids[0] != ids[1]
    assert await redress(council, "staff", "add", "sam.smith", "--role=officer") == ids[0]

    async def listed() -> list[list[str]]:
        lines = (await redress(council, "staff", "list")).splitlines()
        return [line.split("\t") for line in lines if "Sam Smith" in line]

    async with asyncio.timeout(SECONDS):
        while len(found := await listed()) < 2:
            pass
    assert sorted(found) == sorted(
        [ids[number], login, "Sam Smith", "officer"]
        for number, login in enumerate(("sam.smith", "sam.smith2"))
    )


async def test_the_command_line_acts_as_whoever_holds_the_key(council: Council) -> None:
    sent = await council.sends({"message_id": "by-the-key", "text": "The bins were not emptied."})
    reference = sent.json()["reference"]
    assert f"Timeline of {reference}" in await redress(council, "timeline", reference)


async def test_what_is_not_there_is_told(council: Council) -> None:
    told = await redress(council, "token", "create", "x", "--person", "--unit=nowhere", status=1)
    assert "no-such-unit" in told
    assert "no login 'nobody'" in await redress(council, "staff", "leave", "nobody", status=1)


async def test_a_timeline_names_who_acted_from_the_facts(council: Council) -> None:
    sent = await council.sends({"message_id": "who-acted", "text": "The bins were not emptied."})
    reference = sent.json()["reference"]
    await redress(council, "staff", "add", "rhian", "--name=Rhian Rees", "--role=officer")
    token = await redress(council, "token", "create", "rhian", "--person")
    async with as_(council, token) as rhian:
        url = f"{council.site.url('intake')}/cases/{reference}/note"
        assert (await rhian.post(url, json={"text": "Rang the depot."})).status_code == 200

    def named(found: Any) -> bool:
        return "Rhian Rees" in [event["who"] for event in found["events"]]

    await council.until("audit", f"/cases/{reference}/timeline", named)


async def test_an_auditor_sees_who_looked_in_every_service_by_name(council: Council) -> None:
    sent = await council.sends({"message_id": "who-looked", "text": "The bins were not emptied."})
    reference = sent.json()["reference"]
    await redress(council, "staff", "add", "lowri", "--name=Lowri Lloyd", "--role=officer")
    async with as_(council, await redress(council, "token", "create", "lowri", "--person")) as lowri:
        for service, path in (("intake", ""), ("deadlines", "/clocks"), ("ombudsman", "/referrals")):
            url = f"{council.site.url(service)}/cases/{reference}{path}"
            async with asyncio.timeout(SECONDS):
                while (await lowri.get(url)).status_code == 409:
                    pass  # it hasn't heard of the case yet
        audit = f"{council.site.url('audit')}/cases/{reference}/looks"
        assert (await lowri.get(audit)).status_code == 403

    def named(found: Any) -> bool:
        looks = {(look["name"], look["service"], look["what"]) for look in found["looks"]}
        wanted = {("intake", "case"), ("deadlines", "clocks"), ("ombudsman", "referrals")}
        return found["unread"] == {} and {("Lowri Lloyd", *each) for each in wanted} <= looks

    await council.until("audit", f"/cases/{reference}/looks", named)
