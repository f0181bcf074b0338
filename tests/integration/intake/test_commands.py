"""Officers' commands over HTTP: done once, told when somebody was first, refused with the rule's reason."""

from __future__ import annotations

import asyncio
import json
import uuid
from typing import Any

import pytest

from shared.kit.eventstore import Pool
from tests.integration.intake.conftest import Client, Clock, stored

LETTER: dict[str, Any] = {
    "means": "email",
    "subject": "We have your complaint",
    "text": "We will look into it.",
}


async def unit(client: Client, name: str = "Parks") -> str:
    """The code of a new department."""
    code = f"unit-{uuid.uuid4().hex[:8]}"
    body = {"code": code, "name": name, "kind": "department", "email": f"{code}@example.org"}
    answer = await client.supervisor.post("/units", json=body)
    assert answer.status_code == 201, answer.text
    return code


async def officer(client: Client, code: str, name: str = "Olu Ode") -> str:
    """The id of a new officer of a department."""
    body = {
        "issuer": "urn:redress:tests",
        "subject": uuid.uuid4().hex,
        "name": name,
        "email": "olu@example.org",
        "units": [{"unit": code}],
    }
    answer = await client.administrator.post("/staff", json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["person_id"])


async def test_a_case_goes_from_the_door_to_its_end(client: Client, clock: Clock) -> None:
    reference = await client.case()
    department = await unit(client)
    await client.ok(reference, "triage", regime="corporate", reason="About bins.")
    await client.ok(reference, "assign", department=department, officer=await officer(client, department))
    await client.ok(reference, "acknowledge", means="post", subject="S", text="T", sent_on="2026-03-10")
    clock.forward(days=1)
    await client.ok(
        reference, "request-contribution", department=department, question="Why?", due_on="2026-03-13"
    )
    await client.ok(reference, "receive-contribution", contribution=1, text="Rain.", received_on="2026-03-11")
    await client.ok(reference, "set-contact-plan", safe_channels=["post"], reason="Asked for letters.")
    await client.ok(
        reference, "respond", outcome="upheld", means="post", subject="S", text="T", sent_on="2026-03-11"
    )
    await client.ok(reference, "close", ground="answered")
    await client.ok(reference, "request-escalation", requested_on="2026-03-11")
    case = await client.read(reference)
    assert (case["standing"], case["regime"]["stage"], case["regime"]["stage_title"]) == (
        "open",
        "stage2",
        "Stage 2",
    )
    assert [(letter["purpose"], letter["sent_on"]) for letter in case["letters"]] == [
        ("acknowledgement", "2026-03-10"),
        ("response", "2026-03-11"),
    ]
    assert case["contributions"][0]["standing"] == "received"
    assert case["contributions"][0]["text"] == "Rain."
    assert case["regime"]["reason"] == "About bins."


async def test_two_officers_press_the_same_button_and_the_second_is_told(client: Client, pool: Pool) -> None:
    reference = await client.triaged()
    answers = await asyncio.gather(
        client.give(reference, "acknowledge", by=client.person("Olu"), **LETTER),
        client.give(reference, "acknowledge", by=client.person("Una"), **LETTER),
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    refused = next(answer for answer in answers if answer.status_code == 409)
    assert refused.json()["code"] == "letter-on-its-way"
    case = await client.read(reference)
    assert (await stored(pool, f"case-{case['case_id']}")).count("acknowledgement-issued") == 1


async def test_who_decided_on_an_old_version_is_told_what_changed(client: Client) -> None:
    reference = await client.triaged()
    seen = (await client.officer.get(f"/cases/{reference}")).headers["etag"]
    await client.ok(reference, "note", text="Meanwhile.")
    answer = await client.give(
        reference, "close", by=client.person("Una"), headers={"If-Match": seen}, ground="withdrawn"
    )
    assert (answer.status_code, answer.json()["code"]) == (412, "version-stale")
    assert answer.json()["changed"] == [{"version": 3, "type": "redress.intake.note-added.v1"}]
    fresh = {"If-Match": '"3"'}
    assert (await client.give(reference, "close", headers=fresh, ground="withdrawn")).status_code == 200


async def test_a_double_click_is_one_event(client: Client, pool: Pool) -> None:
    reference = await client.triaged()
    key = {"Idempotency-Key": uuid.uuid4().hex}
    answers = await asyncio.gather(
        *(client.give(reference, "close", headers=key, ground="withdrawn") for _ in range(4))
    )
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1
    case = await client.read(reference)
    assert await stored(pool, f"case-{case['case_id']}") == ["case-opened", "triaged", "closed"]


async def test_a_key_is_for_one_command_only(client: Client) -> None:
    one, other = await client.triaged(), await client.triaged()
    key = {"Idempotency-Key": uuid.uuid4().hex}
    assert (await client.give(one, "note", headers=key, text="A.")).status_code == 200
    for reference, text in ((one, "B."), (other, "A.")):
        answer = await client.give(reference, "note", headers=key, text=text)
        assert (answer.status_code, answer.json()["code"]) == (422, "idempotency-key-reused")


async def test_a_refusal_carries_the_rule_and_its_citation(client: Client) -> None:
    reference = await client.triaged("adult-care")
    answer = await client.give(reference, "request-escalation", requested_on="2026-03-10")
    assert (answer.status_code, answer.json()["code"]) == (409, "no-next-stage")
    assert answer.json()["citation"]


async def test_a_command_with_nothing_to_do_records_nothing(client: Client) -> None:
    reference = await client.triaged()
    answer = await client.ok(reference, "triage", regime="corporate")
    assert answer == {"reference": reference, "version": 2, "events": []}


async def test_what_happened_earlier_is_recorded_with_both_times(client: Client) -> None:
    reference = await client.triaged()
    body: dict[str, Any] = {"text": "Rang at nine.", "happened_at": "2026-03-10T09:00:00+00:00"}
    await client.ok(reference, "note", **body)
    note = (await client.read(reference))["notes"][0]
    assert note["at"] == "2026-03-10T09:00:00+00:00"
    assert note["recorded_at"] > note["at"]
    future = await client.give(reference, "note", text="?", happened_at="2026-03-11T09:00:00Z")
    assert (future.status_code, future.json()["code"]) == (409, "in-the-future")


async def test_actions_say_what_can_be_done_with_which_values_and_why_not_the_rest(client: Client) -> None:
    reference = await client.case(customer={"name": "Bo"})
    answer = await client.officer.get(f"/cases/{reference}/actions")
    actions = {action["command"]: action for action in answer.json()["actions"]}
    assert actions["triage"]["refused"] is None
    assert "corporate" in actions["triage"]["choices"][0]["values"]["regime"]
    assert "lgsco" not in actions["triage"]["choices"][0]["values"]["regime"]
    assert (actions["respond"]["choices"], actions["respond"]["refused"]["code"]) == ([], "not-triaged")
    await client.ok(reference, "triage", regime="corporate")
    answer = await client.officer.get(f"/cases/{reference}/actions")
    actions = {action["command"]: action for action in answer.json()["actions"]}
    assert actions["acknowledge"]["choices"] == [{"values": {"means": ["post"]}, "hints": {}}]
    assert answer.headers["etag"] == '"2"'


async def test_a_body_that_does_not_fit_is_pointed_at(client: Client) -> None:
    reference = await client.triaged()
    answer = await client.give(reference, "close", ground="Answered by Mrs Smith", by_whom="me")
    assert answer.status_code == 422
    assert {error["pointer"] for error in answer.json()["errors"]} == {"/body/ground", "/body/by_whom"}


async def test_a_restricted_case_does_not_exist_for_others(client: Client) -> None:
    reference = await client.case()
    cleared = client.person("Rae", "officer", "restricted")
    await client.ok(reference, "triage", regime="children", restricted=True)
    for path in ("", "/actions", "/original", "/attachments/1"):
        hidden = await client.officer.get(f"/cases/{reference}{path}")
        missing = await client.officer.get(f"/cases/CR-2026-999999{path}")
        assert hidden.status_code == missing.status_code == 404
        assert hidden.json()["code"] == missing.json()["code"] == "no-such-case"
    asked: list[tuple[str, dict[str, Any]]] = [("note", {"text": "?"}), ("assign", {"department": "nowhere"})]
    for command, body in asked:
        for headers in ({}, {"If-Match": '"1"'}):
            answer = await client.give(reference, command, headers=headers, **body)
            assert (answer.status_code, answer.json()["code"]) == (404, "no-such-case")
    assert (await client.read(reference, cleared))["restricted"] is True
    assert (await client.give(reference, "note", by=cleared, text="Seen.")).status_code == 200


async def test_every_refusal_of_a_case_is_written_down(client: Client, pool: Pool) -> None:
    reference = await client.case()
    await client.ok(reference, "triage", regime="children", restricted=True)
    for path in ("", "/actions", "/original"):
        await client.officer.get(f"/cases/{reference}{path}")
    await client.give(reference, "note", text="?")
    asked = "SELECT what FROM access_log WHERE reference = $1 AND refused ORDER BY number"
    while len(rows := await pool.fetch(asked, reference)) < 4:  # they are written down beside the answers
        await pool.fetchval("SELECT pg_sleep(0.02)")
    assert sorted(row["what"] for row in rows) == ["case", "commands", "note", "original"]


async def test_every_look_at_a_case_is_written_down_and_changes_no_version(
    client: Client, pool: Pool
) -> None:
    reference = await client.triaged()
    case = await client.read(reference)
    await client.officer.get(f"/cases/{reference}/original")
    rows = await pool.fetch(
        "SELECT principal, what FROM access_log WHERE reference = $1 ORDER BY number", reference
    )
    assert [row["what"] for row in rows] == ["case", "original"]
    assert rows[0]["principal"].startswith("person:")
    assert (await client.read(reference))["version"] == case["version"]


async def test_a_department_keeps_the_name_it_had(client: Client) -> None:
    code = await unit(client, "Parks")
    reference, later = await client.triaged(), await client.triaged()
    await client.ok(reference, "assign", department=code)
    renamed = await client.supervisor.post(f"/units/{code}/rename", json={"name": "Green Spaces"})
    assert renamed.status_code == 200
    await client.ok(later, "assign", department=code)
    assert (await client.read(reference))["assigned"]["department_name"] == "Parks"
    assert (await client.read(later))["assigned"]["department_name"] == "Green Spaces"


async def test_nothing_is_assigned_to_who_is_not_there(client: Client) -> None:
    reference, code = await client.triaged(), await unit(client)
    someone = await officer(client, code)
    left = await client.administrator.post(f"/staff/{someone}/leave-unit", json={"unit": code})
    assert left.status_code == 200
    asked: list[tuple[dict[str, Any], str]] = [
        ({"department": code, "officer": someone}, "no-such-officer"),
        ({"department": "nowhere"}, "no-such-unit"),
    ]
    for body, reason in asked:
        answer = await client.give(reference, "assign", **body)
        assert (answer.status_code, answer.json()["code"]) == (409, reason)


async def test_only_a_supervisor_changes_units(client: Client) -> None:
    answer = await client.officer.post("/units", json={"code": "x"})
    assert (answer.status_code, answer.json()["code"]) == (403, "scope-missing")


@pytest.mark.parametrize("text", ["\ud800", "\x00"])
async def test_a_note_that_cannot_be_written_down_is_refused_with_a_pointer_and_never_sealed(
    client: Client, text: str
) -> None:
    reference = await client.case()
    body = json.dumps({"text": f"odd {text} end"})
    answer = await client.officer.post(
        f"/cases/{reference}/note", content=body, headers={"Content-Type": "application/json"}
    )
    assert (answer.status_code, answer.json()["pointer"]) == (422, "/body/text")
    assert (await client.read(reference))["notes"] == []
