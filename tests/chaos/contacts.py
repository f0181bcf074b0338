"""The contact centre: contacts with message ids of their own, some sent twice at once, some sent again later."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, Final
from uuid import UUID

import httpx

from tests.chaos.insisting import Answer, NoAnswer, insist
from tests.chaos.site import CRM, Site

OLDEST: Final = 24
"""Calendar days: contacts of the last weeks have reminders due at once, of today none."""
_TWICE_AT_ONCE, _AGAIN, _OTHER_WORDS, _KNOWN_CUSTOMER = 0.1, 0.06, 0.04, 0.2
_CREATED, _REPEATED = 201, 200


@dataclass(frozen=True, slots=True)
class Accepted:
    """A contact that intake has answered for."""

    message_id: str
    case_id: UUID
    reference: str


@dataclass(slots=True)
class ContactsSent:
    """What became of everything that was sent.

    Attributes:
        accepted: by message id.
        unanswered: an append whose answer was lost: the repeat was told that the case was there already.
        faults: answers 500 on the way to a definite one.
        wrong: what should not have happened, a sentence each.
    """

    accepted: dict[str, Accepted] = field(default_factory=dict)
    unanswered: int = 0
    faults: int = 0
    wrong: list[str] = field(default_factory=list)


class ContactCentre:
    """Sends contacts of one CRM; everything is drawn from `random`."""

    def __init__(self, site: Site, random: Random, run: str) -> None:
        self._url = f"{site.url('intake')}/contacts/json"
        self._headers = site.system(CRM, "contacts:write")
        self._client = site.client(self._headers)
        self._random = random
        self._run = run
        self._number = 0
        self.sent = ContactsSent()

    async def close(self) -> None:
        """Ends its connections."""
        await self._client.aclose()

    async def send(self) -> Accepted | None:
        """One new contact, until intake has answered for it; None where it was refused."""
        body, times = self._message(), 2 if self._random.random() < _TWICE_AT_ONCE else 1
        again = self._random.random() < _AGAIN
        other = {**body, "text": f"{body['text']} Please hurry."}
        later = other if self._random.random() < _OTHER_WORDS else body if again else None
        accepted = await self._insist([body] * times)
        if accepted is not None and later is not None:
            await self._insist([later])
        return accepted

    async def _insist(self, bodies: list[dict[str, Any]]) -> Accepted | None:
        message_id = str(bodies[0]["message_id"])
        try:
            answers = await asyncio.gather(*(self._post(body) for body in bodies))
        except NoAnswer as none:
            self.sent.wrong.append(f"{message_id}: no definite answer: {none}")
            return None
        return self._take(message_id, answers)

    async def _post(self, body: dict[str, Any]) -> Answer:
        return await insist(self._client, "POST", self._url, json=body)

    def _take(self, message_id: str, answers: list[Answer]) -> Accepted | None:
        known = self.sent.accepted.get(message_id)
        self.sent.faults += sum(answer.faults for answer in answers)
        for answer in answers:
            if not answer.ok:
                self.sent.wrong.append(f"{message_id}: {_told(answer.response)}")
                return None
            found = answer.response.json()
            accepted = Accepted(message_id, UUID(found["case_id"]), found["reference"])
            if known is not None and accepted != known:
                self.sent.wrong.append(f"{message_id}: answered {known} first and {accepted} later")
            known = known or accepted
        fresh = sum(answer.response.status_code == _CREATED for answer in answers)
        new = message_id not in self.sent.accepted
        if fresh > new:
            self.sent.wrong.append(f"{message_id}: answered as new once too often")
        if new and not fresh:
            if any(answer.tries > 1 for answer in answers):
                self.sent.unanswered += 1
            else:
                self.sent.wrong.append(f"{message_id}: answered as a repeat at the first try")
        assert known is not None
        self.sent.accepted.setdefault(message_id, known)
        return known

    def _message(self) -> dict[str, Any]:
        self._number += 1
        number, random = self._number, self._random
        day = datetime.now(UTC).date() - timedelta(days=random.randint(0, OLDEST))
        customer = {"name": f"Ana Example {number}", "email": f"ana.{self._run}.{number}@example.org"}
        if random.random() < _KNOWN_CUSTOMER:
            customer["customer_id"] = f"C-{self._run}-{random.randint(1, 20)}"
        return {
            "message_id": f"{self._run}-{number:06}",
            "source": "contact-centre",
            "submitted_at": day.isoformat(),
            "channel": "phone",
            "customer": customer,
            "subject": f"Missed collection {number}",
            "text": f"The bins of our street were not emptied. Contact {number}.",
            "service": "waste",
        }


def _told(response: httpx.Response) -> str:
    return f"{response.status_code}: {response.text[:300]}"
