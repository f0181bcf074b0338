"""A council that works with Redress: its CRM, its officers, its mailbox."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import Any, Final

import httpx

from tests.chaos.site import CRM, Site

SECONDS: Final = 60.0
DEPARTMENT: Final = "waste"
OFFICER, HEAD = "bins.officer@council.example", "bins.head@council.example"


@dataclass(frozen=True, slots=True)
class Council:
    """Requests to one installation, as the CRM (`sends`) or as a supervisor (everything else)."""

    site: Site
    crm: httpx.AsyncClient
    office: httpx.AsyncClient

    @staticmethod
    def of(site: Site) -> Council:
        """A council on that installation; `close` it."""
        officer = site.person("Olu Officer", "supervisor", "auditor")
        return Council(site, site.client(site.system(CRM, "contacts:write")), site.client(officer))

    async def close(self) -> None:
        """Ends its connections."""
        await self.crm.aclose()
        await self.office.aclose()

    async def sends(self, body: dict[str, Any]) -> httpx.Response:
        """A contact in our own format."""
        return await self.crm.post(f"{self.site.url('intake')}/contacts/json", json=body)

    async def sends_file(self, adapter: str, body: bytes, headers: dict[str, str]) -> httpx.Response:
        """A contact in any format, byte for byte."""
        url = f"{self.site.url('intake')}/contacts/{adapter}"
        return await self.crm.post(url, content=body, headers=headers)

    async def does(
        self, reference: str, command: str, service: str = "intake", **body: Any
    ) -> dict[str, Any]:
        """An officer's command; what it was answered."""
        url = f"{self.site.url(service)}/cases/{reference}/{command}"
        return _told(await self.office.post(url, json=body))

    async def opens_its_office(self) -> None:
        """Registers a department with an officer and a head of service."""
        url = f"{self.site.url('intake')}/units"
        unit = {"code": DEPARTMENT, "name": "Waste", "kind": "department", "email": "waste@council.example"}
        _told(await self.office.post(url, json=unit))
        for position, email in (("officer", OFFICER), ("head-of-service", HEAD)):
            self.site.registrar().ensure(f"sam.{position}", units=[(DEPARTMENT, position)], email=email)

    async def asks(self, service: str, path: str) -> httpx.Response:
        """A GET of an officer."""
        return await self.office.get(f"{self.site.url(service)}{path}")

    async def until(self, service: str, path: str, good: Callable[[Any], bool]) -> Any:
        """What a GET answers, once it is good.

        Raises:
            AssertionError: it never was; the message holds the last answer.
        """
        last = ""
        try:
            async with asyncio.timeout(SECONDS):
                while True:
                    answer = await self.asks(service, path)
                    last = f"{answer.status_code} {answer.text}"
                    if answer.is_success and good(found := answer.json()):
                        return found
                    await asyncio.sleep(0.05)
        except TimeoutError:
            raise AssertionError(f"{service}{path} stays {last[:3000]}") from None

    async def timeline(self, reference: str, *wanted: str) -> list[str]:
        """The events of a case by their short names, once audit has all of these and is complete."""

        def whole(found: Any) -> bool:
            return bool(found["complete"]) and set(wanted) <= set(_names(found))

        return _names(await self.until("audit", f"/cases/{reference}/timeline", whole))

    async def letter_to(self, address: str, about: str) -> EmailMessage:
        """The e-mail to that address with these words in its subject, once it has arrived."""
        folder = self.site.home / "mail"
        async with asyncio.timeout(SECONDS):
            while True:
                for path in folder.glob("*.eml"):
                    letter = _read(path)
                    if address in letter["X-Envelope-To"] and about in letter["Subject"]:
                        return letter
                await asyncio.sleep(0.05)


def letters_in(folder: Path) -> list[EmailMessage]:
    """Everything in a mailbox, in the order of its arrival."""
    return [_read(path) for path in sorted(folder.glob("*.eml"))]


def _read(path: Path) -> EmailMessage:
    with path.open("rb") as file:
        return BytesParser(EmailMessage, policy=policy.default).parse(file)


def _names(timeline: Any) -> list[str]:
    return [event["type"].split(".")[2] for event in timeline["events"]]


def _told(answer: httpx.Response) -> dict[str, Any]:
    assert answer.is_success, f"{answer.request.url}: {answer.status_code} {answer.text}"
    found: dict[str, Any] = json.loads(answer.text)
    return found
