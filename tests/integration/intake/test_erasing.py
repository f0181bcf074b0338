"""Erasing a person: their texts are gone from everywhere, events and figures stay."""

from __future__ import annotations

import uuid
from datetime import timedelta

from services.intake.due import due_work
from services.intake.reactor import IntakeReactor
from shared.kit.eventstore import Pool
from tests.integration.intake.conftest import Client, rebuild_views, received_of, stored


async def erase(client: Client, person: str) -> int:
    answer = await client.supervisor.post(f"/people/{person}/erase", json={"ground": "article-17"})
    return answer.status_code


async def test_after_an_erasure_no_text_is_left_in_any_case_of_the_person(client: Client, pool: Pool) -> None:
    number = uuid.uuid4().hex
    customer = {"name": "Ada Ash", "email": "ada@example.org", "customer_id": number}
    one = await client.case(customer=customer, files={"a.txt": "mine"})
    two = await client.triaged(customer=customer)
    await client.ok(two, "note", text="Ada rang.")
    before = await client.read(two)
    assert await erase(client, before["customer"]["person_id"]) == 200
    for reference in (one, two):
        case = await client.read(reference)
        assert case["text"] == case["customer"]["name"] == {"erased": True}
        gone = await client.officer.get(f"/cases/{reference}/original")
        assert (gone.status_code, gone.json()["code"]) == (410, "erased")
    after = await client.read(two)
    assert after["version"] == before["version"]
    assert len(after["notes"]) == 1
    assert await stored(pool, f"person-{before['customer']['person_id']}") == [
        "person-registered",
        "person-erased",
    ]
    await rebuild_views(pool, client.desk.store)
    listed = (await client.officer.get("/cases", params={"person": before["customer"]["person_id"]})).json()[
        "cases"
    ]
    assert [case["customer_name"] for case in listed] == [{"erased": True}] * 2


async def test_the_same_customer_number_is_a_new_person_afterwards(client: Client) -> None:
    customer = {"name": "Ada", "customer_id": uuid.uuid4().hex}
    first = (await client.read(await client.case(customer=customer)))["customer"]["person_id"]
    assert await erase(client, first) == 200
    second = await client.read(await client.case(customer=customer))
    assert second["customer"]["person_id"] != first
    assert second["customer"]["name"] == "Ada"


async def test_erasing_one_leaves_the_other_who_stands_in_the_same_case(client: Client) -> None:
    reference = await client.case(representative={"name": "Ray Rowe"})
    case = await client.read(reference)
    assert await erase(client, case["representative"]["person_id"]) == 200
    case = await client.read(reference)
    assert case["representative"]["name"] == {"erased": True}
    assert case["customer"]["name"] == "Ada Ash"


async def test_nothing_more_is_written_about_an_erased_person(client: Client) -> None:
    reference = await client.triaged()
    person = (await client.read(reference))["customer"]["person_id"]
    await erase(client, person)
    answer = await client.give(reference, "note", text="More.")
    assert (answer.status_code, answer.json()["code"]) == (409, "erased")
    assert (await client.give(reference, "close", ground="withdrawn")).status_code == 200


async def test_what_an_erased_persons_system_sends_again_is_answered_and_not_kept(
    client: Client, pool: Pool
) -> None:
    message_id = uuid.uuid4().hex
    reference = await client.case(id=message_id, text="Before.")
    case = await client.read(reference)
    await erase(client, case["customer"]["person_id"])
    again = await client.send(id=message_id, text="After.")
    assert (again.status_code, again.json()["reference"]) == (200, reference)
    assert await stored(pool, f"case-{case['case_id']}") == ["case-opened"]


async def test_the_words_of_an_erased_person_are_not_recognised_any_more(client: Client, pool: Pool) -> None:
    text = uuid.uuid4().hex
    answer = await client.send(id=None, text=text, customer={"name": "Ada", "customer_id": text})
    person = (await client.read(answer.json()["reference"]))["customer"]["person_id"]
    await erase(client, person)
    for table in ("person_links", "contact_claims"):
        found = await pool.fetchval(f"SELECT count(*) FROM {table} WHERE person_id = $1", uuid.UUID(person))
        assert found == 0


async def test_whoever_is_unknown_cannot_be_erased(client: Client) -> None:
    assert await erase(client, str(uuid.uuid4())) == 409
    answer = await client.officer.post(f"/people/{uuid.uuid4()}/erase", json={"ground": "x"})
    assert answer.status_code == 403


async def test_reading_an_erasure_from_the_log_destroys_what_a_crash_left(client: Client) -> None:
    reference = await client.case()
    person = (await client.read(reference))["customer"]["person_id"]
    people, destroyed = client.desk.keyring, 0
    real = people.destroy

    async def lost(**_: object) -> int:
        nonlocal destroyed
        destroyed += 1
        return 0

    people.destroy = lost  # type: ignore[method-assign]
    await erase(client, person)
    people.destroy = real  # type: ignore[method-assign]
    assert destroyed == 1
    assert (await client.read(reference))["text"] != {"erased": True}
    *_, erased = await received_of(client.desk.store, f"person-{person}")
    (row,) = IntakeReactor(timedelta(days=90)).react(erased)
    await due_work(client.desk)(row)
    assert (await client.read(reference))["text"] == {"erased": True}
