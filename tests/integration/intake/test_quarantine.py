"""What can't be read is kept, shown, mended and sent through; never lost, never kept twice."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from services.intake.application.dependencies import Dependencies
from services.intake.domain.incoming import IncomingContact
from services.intake.due import due_work
from services.intake.reactor import IntakeReactor
from shared.kit.eventstore import Pool
from shared.kit.keyring import SourceEvent
from tests.integration.intake.conftest import Client, Clock, rebuild_views, received_of, stored


def broken() -> dict[str, str]:
    """A message without a text, unlike any other."""
    return {"id": uuid.uuid4().hex, "note": uuid.uuid4().hex}


async def kept(client: Client, message: dict[str, str]) -> str:
    answer = await client.crm.post("/contacts/plain", json=message)
    assert answer.status_code == 422
    return str(answer.json()["quarantine_id"])


async def test_a_message_that_cannot_be_read_is_kept_and_the_answer_says_where_the_fault_is(
    client: Client,
) -> None:
    answer = await client.crm.post("/contacts/plain", json=broken())
    problem = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, problem["code"], problem["pointer"]) == (422, "missing-field", "/text")
    shown = await client.supervisor.get(f"/quarantine/{problem['quarantine_id']}")
    assert (shown.json()["standing"], shown.json()["pointer"]) == ("held", "/text")


async def test_the_same_broken_message_is_kept_once(client: Client, pool: Pool) -> None:
    message = broken()
    ids = set(await asyncio.gather(*(kept(client, message) for _ in range(5))))
    assert len(ids) == 1
    assert await stored(pool, f"contact-{ids.pop()}") == ["contact-quarantined"]


async def test_a_fault_of_the_adapters_own_keeps_the_message_too(client: Client) -> None:
    answer = await client.crm.post("/contacts/plain", json={"crash": True, "id": uuid.uuid4().hex})
    assert (answer.status_code, answer.json()["code"]) == (422, "adapter-failed")
    assert answer.json()["quarantine_id"]


async def test_only_who_mends_messages_sees_them_and_looking_is_written_down(
    client: Client, pool: Pool
) -> None:
    contact = await kept(client, broken())
    assert (await client.officer.get(f"/quarantine/{contact}/raw")).status_code == 403
    assert (await client.crm.get(f"/quarantine/{contact}")).status_code == 403
    raw = await client.supervisor.get(f"/quarantine/{contact}/raw")
    assert b'"note"' in raw.content
    looks = await pool.fetchval("SELECT count(*) FROM access_log WHERE key = $1", uuid.UUID(contact))
    assert looks == 1


async def test_a_mended_message_becomes_a_case_received_on_the_day_it_came(
    client: Client, pool: Pool, clock: Clock
) -> None:
    message = broken()
    contact = await kept(client, message)
    clock.forward(days=3)
    mended = {**message, "text": "The bin was not emptied."}
    answer = await client.supervisor.post(f"/quarantine/{contact}/send-through", json=mended)
    assert answer.status_code == 201
    case = await client.read(answer.json()["reference"])
    assert case["receipt"]["received_on"] == "2026-03-10"
    assert case["sender"] == "system:crm"
    assert await stored(pool, f"contact-{contact}") == ["contact-quarantined", "contact-sent-through"]
    assert (await client.supervisor.get(f"/quarantine/{contact}/raw")).status_code == 410


async def test_sent_through_twice_or_sent_again_it_is_the_same_case(client: Client) -> None:
    message = broken()
    contact = await kept(client, message)
    mended = {**message, "text": "Mended."}
    first = await client.supervisor.post(f"/quarantine/{contact}/send-through", json=mended)
    second = await client.supervisor.post(f"/quarantine/{contact}/send-through", json=mended)
    as_it_was = await client.crm.post("/contacts/plain", json=message)
    by_the_sender = await client.crm.post("/contacts/plain", json=mended)
    answers = (second, as_it_was, by_the_sender)
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert {answer.json()["reference"] for answer in answers} == {first.json()["reference"]}


async def test_a_message_whose_case_is_there_already_joins_it(client: Client) -> None:
    message = broken()
    contact = await kept(client, message)
    first = await client.crm.post("/contacts/plain", json={**message, "text": "Sent anew."})
    through = await client.supervisor.post(
        f"/quarantine/{contact}/send-through", json={**message, "text": "Mended here."}
    )
    assert (first.status_code, through.status_code) == (201, 200)
    assert through.json()["reference"] == first.json()["reference"]


async def test_still_unreadable_it_stays(client: Client) -> None:
    contact = await kept(client, broken())
    answer = await client.supervisor.post(f"/quarantine/{contact}/send-through")
    assert (answer.status_code, answer.json()["quarantine_id"]) == (422, contact)
    assert (await client.supervisor.get(f"/quarantine/{contact}")).json()["standing"] == "held"


async def test_a_discarded_message_is_gone_and_kept_anew_when_it_comes_again(client: Client) -> None:
    message = broken()
    contact = await kept(client, message)
    discarded = await client.supervisor.post(
        f"/quarantine/{contact}/discard", json={"reason": "test-message"}
    )
    assert discarded.status_code == 204
    assert (await client.supervisor.get(f"/quarantine/{contact}/raw")).status_code == 410
    through = await client.supervisor.post(f"/quarantine/{contact}/send-through", json={"text": "?"})
    assert (through.status_code, through.json()["code"]) == (409, "already-discarded")
    assert await kept(client, message) != contact


async def test_there_is_nothing_to_see_of_a_message_that_there_is_not(client: Client) -> None:
    answer = await client.supervisor.get(f"/quarantine/{uuid.uuid4()}")
    assert (answer.status_code, answer.json()["code"]) == (404, "no-such-contact")


async def test_after_ninety_days_a_message_is_discarded_and_its_key_destroyed(
    client: Client, pool: Pool
) -> None:
    contact = await kept(client, broken())
    (event,) = await received_of(client.desk.store, f"contact-{contact}")
    (row,) = IntakeReactor(timedelta(days=90)).react(event)
    assert (row.due_at - event.envelope.recorded_at).days == 90
    await due_work(client.desk)(row)
    await due_work(client.desk)(row)
    assert await stored(pool, f"contact-{contact}") == ["contact-quarantined", "contact-discarded"]
    assert (await client.supervisor.get(f"/quarantine/{contact}/raw")).status_code == 410


@dataclass(frozen=True)
class Failing:
    """An adapter with a fault of its own, which an update mends later."""

    name: str

    def read(self, body: bytes, headers: Mapping[str, str]) -> IncomingContact:
        raise ZeroDivisionError(body, headers)


@pytest.fixture
def before(desk: Dependencies, key_files: tuple[Path, Path]) -> Client:
    """Intake before the update: no message can be read."""
    failing = {name: Failing(name) for name in desk.adapters}
    return Client(replace(desk, adapters=failing), *key_files)


def binary_event() -> dict[str, str]:
    """The headers of an event whose body is a plain text."""
    return {
        "Content-Type": "text/plain",
        "ce-specversion": "1.0",
        "ce-type": "complaint",
        "ce-source": "/crm",
        "ce-id": uuid.uuid4().hex,
        "ce-subject": f"Zebedee {uuid.uuid4().hex}",
    }


async def test_a_binary_event_is_sent_through_as_it_is_under_its_own_id(
    client: Client, before: Client
) -> None:
    headers = binary_event()
    kept = await before.crm.post("/contacts/cloudevents", content=b"The bin is full.", headers=headers)
    assert kept.json()["code"] == "adapter-failed"
    through = await client.supervisor.post(f"/quarantine/{kept.json()['quarantine_id']}/send-through")
    assert through.status_code == 201, through.text
    case = await client.read(through.json()["reference"])
    assert (case["text"], case["subject"]) == ("The bin is full.", headers["ce-subject"])
    assert case["sender_message_id"] == f"/crm {headers['ce-id']}"
    again = await client.crm.post("/contacts/cloudevents", content=b"The bin is full.", headers=headers)
    assert (again.status_code, again.json()["reference"]) == (200, case["reference"])


async def test_a_mended_message_and_the_senders_own_correction_are_one_case_by_the_id_in_the_headers(
    client: Client,
) -> None:
    headers = {"MessageId": uuid.uuid4().hex, "Content-Type": "application/json"}
    asked = {"complaintText": "Nobody answered.", "previousComplaint": {"previousComplaintType": "DELAYS"}}
    right = {
        "creationDate": "2026-03-02",
        "complaint": {"complaintType": "EXISTING", "complaintDetails": asked},
    }
    kept = await client.crm.post("/contacts/hocs", json={"complaint": {}}, headers=headers)
    assert kept.status_code == 422
    contact = kept.json()["quarantine_id"]
    through = await client.supervisor.post(f"/quarantine/{contact}/send-through", json=right)
    corrected = await client.crm.post("/contacts/hocs", json=right, headers=headers)
    assert (through.status_code, corrected.status_code) == (201, 200), (through.text, corrected.text)
    assert corrected.json()["reference"] == through.json()["reference"]


async def test_the_same_broken_bytes_under_another_id_in_the_headers_are_another_message(
    client: Client,
) -> None:
    contacts = [
        (await client.crm.post("/contacts/hocs", json={}, headers={"MessageId": message_id})).json()
        for message_id in (uuid.uuid4().hex, uuid.uuid4().hex)
    ]
    assert contacts[0]["quarantine_id"] != contacts[1]["quarantine_id"]


async def test_headers_are_kept_sealed_and_a_token_never(client: Client, before: Client, pool: Pool) -> None:
    headers = binary_event()
    kept = await before.crm.post("/contacts/cloudevents", content=b"?", headers=headers)
    stream = f"contact-{kept.json()['quarantine_id']}"
    found = await pool.fetchval(
        "SELECT count(*) FROM stored_events WHERE strpos(convert_from(state, 'UTF8'), $1) > 0",
        headers["ce-subject"],
    )
    assert found == 0
    (recorded,) = await client.desk.store.load(stream)
    opened = await client.desk.sealer.unseal_all(recorded.event, SourceEvent.of(recorded.envelope))
    assert headers["ce-subject"] in opened["headers"]
    assert "authorization" not in opened["headers"].lower()


async def test_the_list_follows_from_the_events(client: Client, pool: Pool) -> None:
    held, through = await kept(client, broken()), await kept(client, broken())
    await client.supervisor.post(f"/quarantine/{through}/send-through", json={"text": "Mended."})
    await rebuild_views(pool, client.desk.store)
    listed: dict[str, str] = {}
    after = None
    while True:
        query = {"limit": "2", **({"after": after} if after else {})}
        page = (await client.supervisor.get("/quarantine", params=query)).json()
        assert len(page["messages"]) <= 2
        listed |= {message["contact_id"]: message["standing"] for message in page["messages"]}
        after = page["next"]
        if after is None:
            break
    assert (listed[held], listed[through]) == ("held", "sent-through")
    bad = await client.supervisor.get("/quarantine", params={"after": "nonsense"})
    assert (bad.status_code, bad.json()["code"]) == (400, "bad-cursor")
