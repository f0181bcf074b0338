"""Units are registered; contacts come in through every adapter, one of them twice, three of them broken."""

from __future__ import annotations

import asyncio

from deploy.demo.casebook import Casebook, Contact
from deploy.demo.council import Council, expected
from deploy.demo.payloads import payload
from deploy.demo.show import Show


async def register_units(council: Council, casebook: Casebook) -> dict[str, str]:
    """Each department with an officer and a head of service; gives the officers' ids by department."""
    officer_of: dict[str, str] = {}

    async def register(code: str, name: str, address: str, officer: str, head: str) -> None:
        body = {"code": code, "name": name, "kind": "department", "email": address}
        expected(await council.send("officer", "POST", "intake", "/units", json=body))
        for role, title, mail in (("officer", "Officer", officer), ("head-of-service", "Head", head)):
            person = await council.register(
                f"{role}.{code}", name=f"{title} of {name}", email=mail, units=[(code, role)]
            )
            if role == "officer":
                officer_of[code] = str(person)

    await asyncio.gather(
        *(
            register(
                unit.code,
                unit.name,
                unit.address("desk"),
                unit.address("officer"),
                unit.address("head"),
            )
            for unit in casebook.units
        )
    )
    return officer_of


async def receive(council: Council, casebook: Casebook, show: Show) -> dict[str, str]:
    """Sends every contact in; gives the references by the contacts' names."""
    answers = await asyncio.gather(*(_send(council, contact) for contact in casebook.contacts))
    found = {
        contact.name: reference for contact, (_, reference) in zip(casebook.contacts, answers, strict=True)
    }
    accepted = sum(status == 201 for status, _ in answers)  # noqa: PLR2004  Created
    adapters = sorted({contact.adapter for contact in casebook.contacts})
    show.holds(
        f"{accepted} contacts through {len(adapters)} adapters ({', '.join(adapters)}) are {len(set(found.values()))} "
        "cases",
        accepted == len(casebook.contacts) == len(set(found.values())),
    )
    first = casebook.contacts[0]
    status, reference = await _send(council, first)
    show.holds(
        f"the same message again gives the same case, {reference}",
        status == 200 and reference == found[first.name],  # noqa: PLR2004  OK
    )
    await _broken(council, casebook, show)
    return found


async def _send(council: Council, contact: Contact) -> tuple[int, str]:
    sent = payload(contact)
    answer = await council.send(
        "crm", "POST", "intake", f"/contacts/{contact.adapter}", content=sent.body, headers=sent.headers
    )
    return answer.status_code, expected(answer).json()["reference"]


async def _broken(council: Council, casebook: Casebook, show: Show) -> None:
    rows = []
    for broken in casebook.broken:
        answer = await council.send(
            "crm",
            "POST",
            "intake",
            f"/contacts/{broken.adapter}",
            content=broken.body.encode(),
            headers={"Content-Type": "application/json"},
        )
        problem = answer.json()
        rows.append((broken.name, str(answer.status_code), problem["title"], problem.get("pointer", "")))
        show.holds(
            f"{broken.name}: kept, and answered with {answer.status_code}",
            answer.is_client_error and "quarantine_id" in problem,
        )
    show.table("Messages that can't be read", ("message", "status", "what the sender is told", "where"), rows)
