"""A contact through each adapter, to its first date and its timeline; the same message twice."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from services.intake.adapters.registered import adapters
from tests.e2e.council import DEPARTMENT, Council

FIXTURES = Path(__file__).parents[1] / "fixtures" / "contacts"
CREATED, OK, UNPROCESSABLE = 201, 200, 422


def sample(adapter: str, kind: str = "good") -> tuple[bytes, dict[str, str]]:
    """The first message of that kind that the adapter's own tests keep, with its headers."""
    path = min((FIXTURES / adapter / kind).iterdir())
    headers = json.loads((FIXTURES / adapter / "headers.json").read_text("utf-8")).get(path.name, {})
    return path.read_bytes(), {"content-type": "application/json"} | headers


@pytest.mark.parametrize("adapter", sorted(adapters()))
async def test_a_contact_of_every_format_gets_its_dates_and_a_timeline(
    council: Council, adapter: str
) -> None:
    answer = await council.sends_file(adapter, *sample(adapter))
    assert answer.status_code == CREATED, answer.text
    reference = answer.json()["reference"]
    assert answer.headers["location"] == f"/cases/{reference}"

    await council.does(reference, "triage", regime="corporate")
    await council.does(reference, "assign", department=DEPARTMENT)

    def dated(found: Any) -> bool:
        return any(clock["clock"] == "stage1_acknowledge" and clock["due_on"] for clock in found["clocks"])

    await council.until("deadlines", f"/cases/{reference}/clocks", dated)
    events = await council.timeline(reference, "assigned", "clock-started")
    assert events[0] == "case-opened"
    assert events.index("triaged") < events.index("clock-started")


async def test_what_cannot_be_read_is_kept_and_the_sender_is_told_where_the_fault_is(
    council: Council,
) -> None:
    broken = await council.sends_file("json", b'{"text": 7}', {"content-type": "application/json"})
    assert broken.status_code == UNPROCESSABLE
    problem = broken.json()
    assert problem["pointer"] == "/text"
    assert problem["quarantine_id"]


async def test_the_same_message_is_one_case_however_often_and_at_once_it_is_sent(council: Council) -> None:
    body = {"message_id": "twice", "text": "The bins of our street were not emptied."}
    answers = await asyncio.gather(*(council.sends(body) for _ in range(6)), council.sends(body))
    assert sorted(answer.status_code for answer in answers) == [OK] * 6 + [CREATED]
    (reference,) = {answer.json()["reference"] for answer in answers}

    other_words = await council.sends(body | {"text": "They still are not emptied."})
    assert (other_words.status_code, other_words.json()["reference"]) == (OK, reference)

    events = await council.timeline(reference, "contact-repeated")
    assert (events.count("case-opened"), events.count("contact-repeated")) == (1, 1)
