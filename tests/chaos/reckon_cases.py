"""Accepted contacts and cases, one to one; officers' commands, recorded once."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any, Final
from uuid import UUID

from tests.chaos.contacts import Accepted
from tests.chaos.site import Site

OPENED: Final = """
SELECT
    key,
    convert_from(state, 'UTF8')::jsonb ->> 'sender_message_id' AS message_id,
    convert_from(state, 'UTF8')::jsonb ->> 'reference' AS reference
FROM public.stored_events
WHERE topic = 'redress.intake.case-opened.v1'
"""
REFERENCES: Final = "SELECT reference, key FROM public.case_references"
LISTED: Final = {
    "intake": "SELECT case_id, reference FROM views.case_list",
    "deadlines": "SELECT case_id, reference FROM views.cases",
    "ombudsman": "SELECT case_id, reference FROM views.cases",
    "notifications": "SELECT case_id, reference FROM views.cases",
    "audit": "SELECT case_id, reference FROM views.cases",
}
BY_OFFICERS: Final = """
SELECT key, array_agg(topic ORDER BY originator_version) AS events
FROM public.stored_events
WHERE originator_id LIKE 'case-%' AND principal LIKE 'person:%'
GROUP BY key
"""
_ASKED: Final = 8


async def reckon(
    site: Site, accepted: Mapping[str, Accepted], recorded: Mapping[UUID, list[str]], random: Random
) -> list[str]:
    """What differs between what intake answered and what is there, a sentence each."""
    wrong = list(_one_to_one(accepted, [dict(row) for row in await site.rows("intake", OPENED)]))
    wanted = {(one.case_id, one.reference) for one in accepted.values()}
    references = {(row["key"], row["reference"]) for row in await site.rows("intake", REFERENCES)}
    wrong += _same("the references of intake", references, wanted)
    for service, statement in LISTED.items():
        rows = await site.rows(service, statement)
        listed = {(row["case_id"], row["reference"]) for row in rows}
        wrong += _same(f"the cases of {service}", listed, wanted)
    found = {row["key"]: sorted(row["events"]) for row in await site.rows("intake", BY_OFFICERS)}
    told = {case: sorted(events) for case, events in recorded.items()}
    for case in found.keys() | told.keys():
        if found.get(case) != told.get(case):
            wrong.append(f"case {case}: officers were told {told.get(case)}, recorded is {found.get(case)}")
    sample = random.sample(
        sorted(accepted.values(), key=lambda one: one.message_id), min(_ASKED, len(accepted))
    )
    return wrong + [each async for each in _ask(site, sample)]


def _one_to_one(accepted: Mapping[str, Accepted], opened: list[dict[str, Any]]) -> Iterator[str]:
    times = Counter(row["message_id"] for row in opened)
    yield from (f"contact {message_id}: {number} cases" for message_id, number in times.items() if number > 1)
    yield from (
        f"contact {message_id} was accepted: no case" for message_id in accepted.keys() - times.keys()
    )
    for row in opened:
        known = accepted.get(row["message_id"])
        if known is None:
            yield f"case {row['reference']}: nobody was told of it (contact {row['message_id']})"
        elif (known.case_id, known.reference) != (row["key"], row["reference"]):
            yield f"contact {row['message_id']}: answered {known}, the case is {row['reference']} {row['key']}"


def _same(where: str, found: set[Any], wanted: set[Any]) -> Iterator[str]:
    for case_id, reference in sorted(wanted - found, key=str)[:_ASKED]:
        yield f"{where}: {reference} ({case_id}) is missing"
    for case_id, reference in sorted(found - wanted, key=str)[:_ASKED]:
        yield f"{where}: {reference} ({case_id}) should not be there"


async def _ask(site: Site, sample: list[Accepted]) -> Any:
    """The same cases through the API, as an officer sees them."""
    async with site.client(site.person("Olu Officer", "officer")) as client:
        for case in sample:
            answer = await client.get(f"{site.url('intake')}/cases/{case.reference}")
            if not answer.is_success:
                yield f"GET /cases/{case.reference}: {answer.status_code} {answer.text[:200]}"
            elif str(case.case_id) not in json.dumps(answer.json()):
                yield f"GET /cases/{case.reference}: another case than {case.case_id}"
