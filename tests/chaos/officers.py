"""Officers at work: cases are triaged, assigned, acknowledged, referred, each command until it is answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from typing import Any, Final
from uuid import UUID

from tests.chaos.contacts import Accepted
from tests.chaos.insisting import NoAnswer, insist
from tests.chaos.site import Site

DEPARTMENT: Final = "waste"
REGIME: Final = "corporate"
OMBUDSMAN: Final = "lgsco"
_TRIAGED, _NOTED, _ACKNOWLEDGED, _BY_POST, _REFERRED = 0.9, 0.3, 0.4, 0.25, 0.05

Command = tuple[str, dict[str, Any]]


@dataclass(slots=True)
class Work:
    """What officers were told.

    Attributes:
        recorded: the events that each case's answered commands recorded in intake, by wire name.
        faults: answers 500 on the way to a definite one.
        wrong: what should not have happened, a sentence each.
    """

    recorded: dict[UUID, list[str]] = field(default_factory=dict)
    faults: int = 0
    wrong: list[str] = field(default_factory=list)


class Officers:
    """Give commands to intake; everything is drawn from `random`."""

    def __init__(self, site: Site, random: Random) -> None:
        self._site = site
        self._url = site.url("intake")
        self._ombudsman = site.url("ombudsman")
        self._client = site.client(site.person("Olu Officer", "supervisor"))
        self._random = random
        self.work = Work()

    async def close(self) -> None:
        """Ends their connections."""
        await self._client.aclose()

    async def open_office(self) -> None:
        """Registers the department, its officer and its head of service."""
        unit = {"code": DEPARTMENT, "name": "Waste", "kind": "department", "email": "waste@council.example"}
        await self._must("/units", unit, "unit")
        registrar = self._site.registrar()
        for position in ("officer", "head-of-service"):
            registrar.ensure(
                f"sam.{position}", units=[(DEPARTMENT, position)], email=f"{position}@council.example"
            )

    async def work_on(self, case: Accepted) -> None:
        """What an officer does with a new case, in order."""
        plan, referred = tuple(self._plan()), self._random.random() < _REFERRED
        for command in plan:
            events = await self._give(self._url, case, command)
            if events is None:
                return
            self.work.recorded.setdefault(case.case_id, []).extend(events)
        if plan and referred:
            today = datetime.now(UTC).date().isoformat()
            body = {"ombudsman": OMBUDSMAN, "their_reference": case.message_id, "referred_on": today}
            await self._give(self._ombudsman, case, ("open-referral", body))

    async def _give(self, url: str, case: Accepted, command: Command) -> list[str] | None:
        """The events that a command recorded; None where it was refused, which none of these should be."""
        name, body = command
        key = f"{case.message_id}/{name}"
        where, headers = f"{url}/cases/{case.reference}/{name}", {"Idempotency-Key": key}
        try:
            answer = await insist(self._client, "POST", where, json=body, headers=headers)
        except NoAnswer as none:
            self.work.wrong.append(f"{key}: no definite answer: {none}")
            return None
        self.work.faults += answer.faults
        if not answer.ok:
            self.work.wrong.append(f"{key}: {answer.response.status_code}: {answer.response.text[:300]}")
            return None
        events: list[str] = answer.response.json()["events"]
        return events

    def _plan(self) -> Iterator[Command]:
        random = self._random
        if random.random() > _TRIAGED:
            return
        yield "triage", {"regime": REGIME}
        yield "assign", {"department": DEPARTMENT}
        if random.random() < _NOTED:
            yield "note", {"text": "Rang the depot."}
        if random.random() < _ACKNOWLEDGED:
            letter = {"subject": "Your complaint", "text": "We are looking into it."}
            if random.random() < _BY_POST:
                today = datetime.now(UTC).date().isoformat()
                yield "acknowledge", {**letter, "means": "post", "sent_on": today}
            else:
                yield "acknowledge", {**letter, "means": "email"}

    async def _must(self, path: str, body: dict[str, Any], key: str) -> None:
        headers = {"Idempotency-Key": f"office/{key}"}
        answer = await insist(self._client, "POST", f"{self._url}{path}", json=body, headers=headers)
        answer.response.raise_for_status()
