"""What people see of messages over HTTP, and what they may do."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from services.notifications.adapters.smtp import SmtpSender
from services.notifications.api import routers
from services.notifications.application.dependencies import Dependencies
from services.notifications.application.messages import Messages
from shared.contracts.intake import ContactPlanSet
from shared.kit.http import create_app, create_key_pair, system_token
from tests.integration.notifications.conftest import sender_to
from tests.integration.notifications.mail_server import MailServer
from tests.integration.notifications.matters import Department, Matter
from tests.integration.notifications.world import World
from tests.kit.day import today
from tests.staff import KnownStaff


@dataclass(frozen=True)
class Door:
    """The service's HTTP side, and tokens for it."""

    world: World
    service: Dependencies
    private: bytes
    public: str

    def as_(self, *roles: str, scopes: tuple[str, ...] = ()) -> httpx.AsyncClient:
        """A client with a person's token of these roles, or a program's with these scopes."""
        staff = KnownStaff(self.private)
        made = (
            system_token(self.private, "crm", scopes)
            if scopes
            else staff.token("Pat", *(roles or ("officer",)))
        )
        app = create_app(
            "notifications",
            token_key=self.public,
            persons=staff,
            routers=routers(Messages(self.service)),
        )
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(app=app),
            base_url="http://notifications",
            headers={"Authorization": f"Bearer {made}"},
        )

    async def get(self, path: str, *roles: str) -> Any:
        """The JSON at that address, for a person."""
        async with self.as_(*roles) as client:
            answer = await client.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json()


@pytest.fixture
def door(world: World, mail: MailServer, tmp_path: Path) -> Door:
    """The door of a service whose mail server can be told what to do."""
    create_key_pair(tmp_path / "private.pem", tmp_path / "public.pem")
    return Door(
        world,
        world.service(sender_to(mail, longest=1.5)),
        (tmp_path / "private.pem").read_bytes(),
        (tmp_path / "public.pem").read_text(),
    )


async def unknown(door: Door, matter: Matter, mail: MailServer) -> str:
    """A message whose outcome isn't known; gives its id."""
    mail.hold = asyncio.Event()
    await matter.answer()
    async with door.world.at_work(door.service):
        [row] = await door.world.until_state("outcome-unknown")
    mail.hold.set()
    return str(row.notification)


async def test_what_was_sent_to_whom_and_when_with_its_text(
    door: Door, matter: Matter, sender: SmtpSender
) -> None:
    await matter.answer("Dear Ana\n\nWe are sorry.")
    async with door.world.at_work(door.world.service(sender)):
        await door.world.until_state("sent")
    shown = await door.get(f"/cases/{matter.reference}/notifications")
    [message] = shown["notifications"]
    assert message["address"] == "ana@example.com"
    assert message["body"] == "Dear Ana\n\nWe are sorry.\n"
    assert message["sent_on"] == today().isoformat()
    looked = await door.world.pool.fetch("SELECT principal, reference, what FROM access_log")
    assert [(row["reference"], row["what"]) for row in looked] == [(matter.reference, "messages")]
    assert looked[0]["principal"].startswith("person:")


async def test_an_erased_text_is_said_to_be_gone(door: Door, matter: Matter, sender: SmtpSender) -> None:
    await matter.answer()
    async with door.world.at_work(door.world.service(sender)):
        await door.world.until_state("sent")
    await door.world.keyring.destroy(owner=matter.customer)
    shown = await door.get(f"/cases/{matter.reference}/notifications")
    [message] = shown["notifications"]
    assert message["address"] == message["body"] == {"erased": True}


async def test_lists_hold_no_names_and_no_texts(door: Door, matter: Matter, sender: SmtpSender) -> None:
    await matter.answer()
    await matter.remind()
    async with door.world.at_work(door.world.service(sender)):
        await door.world.until_state("sent", "suppressed")
    outbox = (await door.get("/outbox"))["notifications"]
    assert len(outbox) == 2
    assert all(not {"address", "subject", "body"} & set(row) for row in outbox)
    sent = (await door.get(f"/outbox?state=sent&reference={matter.reference}"))["notifications"]
    assert [row["purpose"] for row in sent] == ["response"]
    assert (await door.get("/outbox?reference=other"))["notifications"] == []


async def test_what_needs_a_person_is_one_queue(
    door: Door, matter: Matter, department: Department, mail: MailServer
) -> None:
    mail.answers = ("550 no",)
    await matter.answer()
    unsafe = await Matter(door.world, department).open()
    await unsafe.intake(ContactPlanSet(safe_channels=("post",)))
    await unsafe.answer()
    closed = await Matter(door.world, department).open(historic=True)
    await closed.answer()
    async with door.world.at_work(door.service):
        await door.world.until_state("failed", "suppressed", "suppressed")
    queue = (await door.get("/attention"))["notifications"]
    assert {(row["reference"], row["state"], row["ground"]) for row in queue} == {
        (matter.reference, "failed", None),
        (unsafe.reference, "suppressed", "contact-unsafe"),
    }


async def test_what_is_offered_is_taken_and_then_no_more(
    door: Door, matter: Matter, mail: MailServer
) -> None:
    notification = await unknown(door, matter, mail)
    [offer] = (await door.get(f"/cases/{matter.reference}/actions"))["actions"]
    assert offer["refused"] is None
    arrived, lost = (choice["values"] for choice in offer["choices"])
    assert (arrived["arrived"], lost) == ([True], {"arrived": [False], "sent_on": [None]})
    assert offer["target"] == {"notification": notification}
    found = {**offer["target"], "arrived": True, "sent_on": arrived["sent_on"][-1]}
    lost = {**offer["target"], "arrived": False}
    async with door.as_("officer") as client:
        first = await client.post(
            offer["address"],
            json=found,
            headers={"Idempotency-Key": "one", "If-Match": f'"{offer["version"]}"'},
        )
        assert first.status_code == 200, first.text
        assert first.json()["events"] == ["redress.notifications.outcome-settled.v1"]
        assert first.headers["ETag"] == '"4"'
        again = await client.post(offer["address"], json=found, headers={"Idempotency-Key": "one"})
        assert again.json() == first.json()
        other = await client.post(offer["address"], json=lost, headers={"Idempotency-Key": "one"})
        assert other.status_code == 422
        late = await client.post(offer["address"], json=lost)
        assert (late.status_code, late.json()["code"]) == (409, "nothing-to-settle")
    async with door.world.at_work(door.service):
        await door.world.until_state("settled")
    [offer] = (await door.get(f"/cases/{matter.reference}/actions"))["actions"]
    assert offer["refused"]["code"] == "nothing-to-settle"
    assert (await door.get("/attention"))["notifications"] == []


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"arrived": True}, 409, "no-day"),
        ({"arrived": True, "sent_on": "2020-01-01"}, 409, "impossible-day"),
        ({"arrived": False, "sent_on": "2026-12-01"}, 409, "day-without-arrival"),
        ({"arrived": "perhaps"}, 422, "invalid-request"),
        ({"arrived": False, "by": "me"}, 422, "invalid-request"),
    ],
)
async def test_what_is_not_offered_is_refused_with_its_reason(
    door: Door, matter: Matter, mail: MailServer, *, body: dict[str, Any], status: int, code: str
) -> None:
    notification = await unknown(door, matter, mail)
    async with door.as_("officer") as client:
        answer = await client.post(
            f"/cases/{matter.reference}/settle", json={"notification": notification, **body}
        )
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_a_program_cannot_settle(door: Door, matter: Matter, mail: MailServer) -> None:
    notification = await unknown(door, matter, mail)
    async with door.as_(scopes=("cases:write",)) as client:
        answer = await client.post(
            f"/cases/{matter.reference}/settle", json={"notification": notification, "arrived": False}
        )
    assert (answer.status_code, answer.json()["code"]) == (409, "only-a-person")


async def test_a_restricted_case_does_not_exist_for_others(
    door: Door, department: Department, mail: MailServer
) -> None:
    matter = await Matter(door.world, department).open(restricted=True)
    notification = await unknown(door, matter, mail)
    async with door.as_("officer") as client:
        for path in (f"/cases/{matter.reference}/notifications", f"/cases/{matter.reference}/actions"):
            assert (await client.get(path)).status_code == 404
        settled = await client.post(
            f"/cases/{matter.reference}/settle", json={"notification": notification, "arrived": False}
        )
        assert settled.status_code == 404
        assert (await client.get("/outbox")).json()["notifications"] == []
        assert (await client.get("/attention")).json()["notifications"] == []
    assert len((await door.get("/attention", "officer", "restricted"))["notifications"]) == 1
    assert len((await door.get("/outbox", "officer", "restricted"))["notifications"]) == 1


async def test_a_reference_is_not_known_yet_while_reading_lags_and_unknown_when_level(door: Door) -> None:
    async with door.as_("officer") as client:
        assert (await client.get("/cases/CR-2026-nothing/notifications")).status_code == 404
    lagging = door.world.service(door.service.sender, heard=False)
    behind = Door(door.world, lagging, door.private, door.public)
    async with behind.as_("officer") as client:
        answer = await client.get("/cases/CR-2026-nothing/notifications")
    assert (answer.status_code, answer.headers["Retry-After"]) == (409, "1")


async def test_a_message_that_never_was_or_is_about_another_case_cannot_be_settled(
    door: Door, matter: Matter, department: Department, mail: MailServer
) -> None:
    notification = await unknown(door, matter, mail)
    other = await Matter(door.world, department).open()
    async with door.as_("officer") as client:
        for path, message in (
            (f"/cases/{other.reference}/settle", notification),
            (f"/cases/{matter.reference}/settle", "00000000-0000-4000-8000-000000000001"),
        ):
            answer = await client.post(path, json={"notification": message, "arrived": False})
            assert (answer.status_code, answer.json()["code"]) == (404, "no-such-notification")


@pytest.mark.parametrize(
    ("method", "path", "scope"),
    [
        ("GET", "/outbox", "contacts:write"),
        ("GET", "/attention", "contacts:write"),
        ("GET", "/cases/CR-1/notifications", "contacts:write"),
        ("GET", "/cases/CR-1/actions", "contacts:write"),
        ("POST", "/cases/CR-1/settle", "cases:read"),
    ],
)
async def test_every_route_asks_for_its_scope(door: Door, *, method: str, path: str, scope: str) -> None:
    async with door.as_(scopes=(scope,)) as client:
        answer = await client.request(method, path, json={"arrived": False})
        assert answer.status_code == 403
        nobody = await client.request(method, path, json={"arrived": False}, headers={"Authorization": ""})
        assert nobody.status_code == 401


async def test_a_key_that_settled_one_message_settles_no_other(
    door: Door, matter: Matter, department: Department, mail: MailServer
) -> None:
    mail.refuse_recipient = "550 no such mailbox"
    other = await Matter(door.world, department).open()
    for each in (matter, other):
        await each.answer()
    async with door.world.at_work(door.service):
        rows = await door.world.until_state("failed", "failed")
    by_reference = {row.reference: str(row.notification) for row in rows}
    async with door.as_("officer") as client:
        answers = [
            await client.post(
                f"/cases/{each.reference}/settle",
                json={"notification": by_reference[each.reference], "arrived": False},
                headers={"Idempotency-Key": "one"},
            )
            for each in (matter, other)
        ]
    assert [answer.status_code for answer in answers] == [200, 422]
