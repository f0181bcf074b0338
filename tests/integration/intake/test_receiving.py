"""Contacts become cases: once, whole, on the right day, and under keys of their own."""

from __future__ import annotations

import asyncio
import json
import uuid
from datetime import timedelta
from typing import Any

import pytest

from services.intake.application.dependencies import Dependencies
from shared.kit.eventstore import Pool
from tests.integration.intake.conftest import Client, Clock, rebuild_views, stored


async def test_a_contact_becomes_a_case_with_a_reference_and_a_location(client: Client) -> None:
    answer = await client.send(subject="Missed bin", street="Elm Row")
    assert answer.status_code == 201
    reference = answer.json()["reference"]
    assert reference.startswith("CR-2026-")
    assert len(reference) == len("CR-2026-000001")
    assert answer.headers["location"] == f"/cases/{reference}"
    case = await client.read(reference)
    assert case["subject"] == "Missed bin"
    assert case["text"] == "The bin was not emptied.\n\nWhich street: Elm Row"
    assert case["standing"] == "open"


async def test_the_same_message_sent_again_gives_the_first_case(client: Client, pool: Pool) -> None:
    message = {"id": "again-1", "text": "Twice."}
    first = await client.crm.post("/contacts/plain", json=message)
    second = await client.crm.post("/contacts/plain", content=json.dumps(message, indent=3))
    assert (first.status_code, second.status_code) == (201, 200)
    assert second.json() == {**first.json(), "repeated": True}
    assert await stored(pool, f"case-{first.json()['case_id']}") == ["case-opened"]


async def test_a_message_id_is_remembered_for_ever(client: Client, clock: Clock) -> None:
    message = {"id": "for-ever", "text": "Once."}
    first = await client.crm.post("/contacts/plain", json=message)
    clock.forward(days=4000)
    second = await client.crm.post("/contacts/plain", json=message)
    assert second.status_code == 200
    assert second.json()["reference"] == first.json()["reference"]


async def test_a_message_id_belongs_to_its_sender(client: Client) -> None:
    message = {"id": "17", "text": "Mine."}
    first = await client.crm.post("/contacts/plain", json=message)
    other = await client.system("portal").post("/contacts/plain", json=message)
    assert (first.status_code, other.status_code) == (201, 201)
    assert first.json()["reference"] != other.json()["reference"]


async def test_other_bytes_under_the_same_message_id_are_kept_and_noted_once(
    client: Client, desk: Dependencies, pool: Pool
) -> None:
    first = await client.send(id="changed", text="Before.")
    for _ in range(2):
        again = await client.send(id="changed", text="After.")
        assert again.status_code == 200
        assert again.json()["reference"] == first.json()["reference"]
    stream = f"case-{first.json()['case_id']}"
    assert await stored(pool, stream) == ["case-opened", "contact-repeated"]
    recorded = (await desk.store.load(stream))[1]
    repeated: Any = recorded.event
    kept = await desk.sealer.open_bytes(repeated.original, recorded.envelope.key, "original")
    assert kept is not None
    assert json.loads(kept) == {"id": "changed", "text": "After."}


@pytest.mark.parametrize("message_id", ["simultaneous", None])
async def test_the_same_message_at_the_same_moment_makes_one_case(
    client: Client, pool: Pool, message_id: str | None
) -> None:
    text = uuid.uuid4().hex
    answers = await asyncio.gather(
        *(
            client.send(id=f"{message_id}-{text}" if message_id else None, text=text, customer={"name": "Bo"})
            for _ in range(8)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [200] * 7 + [201]
    assert len({answer.json()["reference"] for answer in answers}) == 1
    assert await stored(pool, f"case-{answers[0].json()['case_id']}") == ["case-opened"]


async def test_without_a_message_id_the_same_words_are_the_same_contact_for_a_day(
    client: Client, clock: Clock
) -> None:
    words = uuid.uuid4().hex
    first = await client.send(id=None, text=words)
    clock.forward(hours=23, minutes=59)
    second = await client.send(id=None, text=words)
    assert (first.status_code, second.status_code) == (201, 200)
    assert second.json()["reference"] == first.json()["reference"]


async def test_after_the_window_it_is_a_new_case_shown_as_a_likely_repeat(
    client: Client, clock: Clock
) -> None:
    words = uuid.uuid4().hex
    first = await client.send(id=None, text=words)
    clock.forward(hours=24, seconds=1)
    second = await client.send(id=None, text=words)
    assert second.status_code == 201
    assert second.json()["likely_repeat_of"] == first.json()["reference"]
    assert (await client.read(second.json()["reference"]))["likely_repeat_of"] == first.json()["reference"]


async def test_the_window_is_a_setting(with_settings: Any, clock: Clock) -> None:
    client: Client = with_settings(repeat_window=timedelta(minutes=5))
    words = uuid.uuid4().hex
    assert (await client.send(id=None, text=words)).status_code == 201
    clock.forward(minutes=6)
    assert (await client.send(id=None, text=words)).status_code == 201


async def test_an_idempotency_key_with_another_body_is_refused(client: Client) -> None:
    key = {"Idempotency-Key": uuid.uuid4().hex}
    first = await client.crm.post("/contacts/plain", json={"text": uuid.uuid4().hex}, headers=key)
    other = await client.crm.post("/contacts/plain", json={"text": uuid.uuid4().hex}, headers=key)
    assert first.status_code == 201
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-reused")


async def test_the_original_is_kept_byte_for_byte(client: Client) -> None:
    body = b'{ "id":"bytes",\r\n"text" : "Caf\xc3\xa9 \xf0\x9f\x98\x80" }'
    answer = await client.crm.post("/contacts/plain", content=body)
    original = await client.officer.get(f"/cases/{answer.json()['reference']}/original")
    assert original.content == body
    assert original.headers["content-disposition"].startswith("attachment")


async def test_files_come_back_as_downloads_never_as_pages(client: Client) -> None:
    reference = await client.case(files={"evil.html": "<script>alert(1)</script>", "empty.html": ""})
    case = await client.read(reference)
    assert [(file["name"], file["size"]) for file in case["attachments"]] == [
        ("evil.html", 25),
        ("empty.html", 0),
    ]
    file = await client.officer.get(f"/cases/{reference}/attachments/1")
    assert file.content == b"<script>alert(1)</script>"
    assert file.headers["content-type"] == "application/octet-stream"
    assert file.headers["x-content-type-options"] == "nosniff"
    assert (await client.officer.get(f"/cases/{reference}/attachments/3")).status_code == 404


async def test_only_the_councils_own_senders_are_believed_about_the_day(client: Client) -> None:
    stranger = await client.case(submitted_at="2026-03-02")
    own = (await client.send(client.system("own"), submitted_at="2026-03-02")).json()["reference"]
    assert (await client.read(stranger))["receipt"]["received_on"] == "2026-03-10"
    receipt = (await client.read(own))["receipt"]
    assert (receipt["received_on"], receipt["precision"], receipt["said_by"]) == (
        "2026-03-02",
        "day",
        "sender",
    )


async def test_a_day_long_past_is_taken_listed_as_doubtful_and_corrected_by_an_officer(
    client: Client, pool: Pool
) -> None:
    own = (await client.send(client.system("own"), submitted_at="2024-11-02")).json()["reference"]
    stranger = await client.case(submitted_at="2024-11-02")
    await rebuild_views(pool, client.desk.store)
    found = (await client.officer.get("/cases", params={"receipt_is_doubtful": True})).json()["cases"]
    assert [(case["reference"], case["received_on"]) for case in found] == [(own, "2024-11-02")]
    assert (await client.read(stranger))["receipt"]["claimed_on"] == "2024-11-02"

    await client.ok(own, "correct-receipt", received_on="2026-03-02", reason="A slip of the year.")
    await rebuild_views(pool, client.desk.store)
    found = (await client.officer.get("/cases", params={"receipt_is_doubtful": True})).json()["cases"]
    assert found == []
    case = await client.read(own)
    assert (case["receipt"]["received_on"], case["receipt"]["said_by"]) == ("2026-03-02", "officer")
    (correction,) = case["receipt_corrections"]
    assert (correction["previous_on"], correction["reason"]) == ("2024-11-02", "A slip of the year.")


async def test_an_officer_who_writes_down_a_call_is_believed(client: Client) -> None:
    answer = await client.send(client.supervisor, channel="phone", submitted_at="2026-03-09T16:05:00+00:00")
    receipt = (await client.read(answer.json()["reference"]))["receipt"]
    assert (receipt["received_on"], receipt["said_by"]) == ("2026-03-09", "officer")


async def test_a_customer_number_leads_to_one_person_and_a_name_to_none(client: Client) -> None:
    async def person(**customer: str) -> str:
        reference = await client.case(customer=customer)
        return str((await client.read(reference))["customer"]["person_id"])

    assert await person(name="Ada", customer_id="C-1") == await person(name="A. Ash", customer_id="C-1")
    assert await person(name="Ada", customer_id="C-2") != await person(name="Ada", customer_id="C-1")
    assert await person(name="Ada") != await person(name="Ada")


async def test_a_representative_has_a_key_of_their_own(client: Client, pool: Pool) -> None:
    reference = await client.case(representative={"name": "Ray Rowe"})
    case = await client.read(reference)
    assert case["representative"]["name"] == "Ray Rowe"
    assert case["representative"]["person_id"] != case["customer"]["person_id"]
    assert await stored(pool, f"person-{case['representative']['person_id']}") == ["person-registered"]


async def test_an_address_and_an_organisation_are_kept_of_customer_and_representative_alike(
    client: Client,
) -> None:
    details = {"address": "1 Elm Row\nNorthtown", "postcode": "NT1 1AA", "organisation": "Elm Row Tenants"}
    reference = await client.case(customer=details, representative=details)
    case = await client.read(reference)
    for role in ("customer", "representative"):
        assert {name: case[role][name] for name in details} == details


async def test_long_message_ids_that_differ_at_their_end_never_look_alike(
    client: Client, desk: Dependencies
) -> None:
    source, found = f"https://crm.example/{'s' * 980}", []
    for end in "ab":
        message_id = "i" * 999 + end
        answer = await client.crm.post(
            "/contacts/cloudevents",
            json={"specversion": "1.0", "type": "t", "source": source, "id": message_id, "data": "A bin."},
            headers={"Content-Type": "application/cloudevents+json"},
        )
        assert answer.status_code == 201, answer.text
        opened: Any = (await desk.store.load(f"case-{answer.json()['case_id']}"))[0].event
        found.append(opened.sender_message_id)
        assert opened.sender_message_id == f"{source} {message_id}"
    assert [len(message_id) for message_id in found] == [2001, 2001]


async def test_no_name_stands_anywhere_in_the_database(client: Client, pool: Pool) -> None:
    name = f"Zebedee {uuid.uuid4().hex}"
    await client.case(
        id=None, customer={"name": name, "customer_id": f"number of {name}"}, text=f"I am {name}."
    )
    for table in ("stored_events", "command_receipts", "person_links", "contact_claims", "case_references"):
        found = await pool.fetchval(
            f"SELECT count(*) FROM {table} AS t WHERE strpos(t::text, $1) > 0 OR strpos(t::text, $2) > 0",
            name,
            name.encode().hex(),
        )
        assert found == 0, table


async def test_a_half_of_a_surrogate_pair_does_not_lose_a_message(client: Client) -> None:
    answer = await client.crm.post("/contacts/plain", content=rb'{"id": "half", "text": "odd \ud83d end"}')
    assert answer.status_code == 201
    assert (await client.read(answer.json()["reference"]))["text"] == "odd ? end"


async def test_whoever_has_no_token_is_not_heard_and_nothing_is_kept(client: Client, pool: Pool) -> None:
    before = await pool.fetchval("SELECT count(*) FROM stored_events")
    answer = await client.http().post("/contacts/plain", json={"id": "x", "text": "Let me in."})
    assert (answer.status_code, answer.json()["code"]) == (401, "token-missing")
    assert (await client.system("reader", "cases:read").post("/contacts/plain", json={})).status_code == 403
    assert (await client.crm.post("/contacts/nonsense", json={"text": "?"})).status_code == 404
    assert (await client.crm.post("/contacts/plain", content=b"x" * 1_000_001)).status_code == 413
    assert await pool.fetchval("SELECT count(*) FROM stored_events") == before
