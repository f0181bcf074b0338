"""Lists follow from the events alone, and come in pages."""

from __future__ import annotations

import uuid
from typing import Any

from shared.kit.eventstore import Pool
from tests.integration.intake.conftest import Client, Clock, rebuild_views
from tests.integration.intake.test_commands import officer, unit


async def listed(client: Client, by: Any = None, **filters: str) -> dict[str, dict[str, Any]]:
    """Every page of the list, by reference."""
    found: dict[str, dict[str, Any]] = {}
    query = {"limit": "2", **filters}
    while True:
        answer = await (by or client.officer).get("/cases", params=query)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        assert not set(found) & {case["reference"] for case in page["cases"]}
        found |= {case["reference"]: case for case in page["cases"]}
        if page["next"] is None:
            return found
        query["after"] = page["next"]


async def test_the_list_shows_each_case_as_it_stands(client: Client, pool: Pool, clock: Clock) -> None:
    department, hidden = await unit(client, "Parks"), await client.case()
    someone = await officer(client, department)
    first = await client.case(subject="Bins")
    await client.ok(first, "triage", regime="corporate")
    await client.ok(first, "assign", department=department, officer=someone)
    await client.ok(first, "acknowledge", means="post", subject="S", text="T", sent_on="2026-03-10")
    await client.ok(hidden, "triage", regime="children", restricted=True)
    clock.forward(days=1)
    later = await client.case(customer={"name": "Bo Birch"})
    closed = await client.triaged("foi")
    await client.ok(closed, "close", ground="withdrawn")
    refused = await client.triaged("foi")
    letter = {"means": "post", "subject": "S", "text": "T", "sent_on": "2026-03-11"}
    await client.ok(refused, "refuse", ground="exemption", **letter)
    await rebuild_views(pool, client.desk.store)

    everything = await listed(client)
    assert hidden not in everything
    assert hidden in await listed(client, client.person("Rae", "officer", "restricted"))
    dates = [case["received_on"] for case in everything.values()]
    assert dates == sorted(dates, reverse=True)
    row = everything[first]
    assert (row["regime"], row["stage"], row["standing"], row["version"]) == (
        "corporate",
        "stage1",
        "open",
        5,
    )
    assert (row["subject"], row["customer_name"]) == ("Bins", "Ada Ash")
    assert (row["department_name"], row["acknowledged_on"]) == ("Parks", "2026-03-10")

    assert set(await listed(client, department=department)) == {first}
    assert set(await listed(client, officer=someone)) == {first}
    untriaged = await listed(client, regime="", received_from="2026-03-11")
    assert later in untriaged
    assert closed not in untriaged
    assert closed in await listed(client, standing="closed")
    answered = (await listed(client, standing="refused"))[refused]
    assert (answered["responded_on"], answered["closed_on"]) == ("2026-03-11", "2026-03-11")
    assert first not in await listed(client, received_from="2026-03-11")


async def test_moving_a_case_moves_it_between_queues(client: Client, pool: Pool) -> None:
    one, other = await unit(client), await unit(client)
    reference = await client.triaged()
    await client.ok(reference, "assign", department=one, officer=await officer(client, one))
    await client.ok(reference, "assign", department=other)
    await client.ok(reference, "triage", regime="housing")
    await rebuild_views(pool, client.desk.store)
    assert reference not in await listed(client, department=one)
    row = (await listed(client, department=other))[reference]
    assert (row["officer_id"], row["regime"]) == (None, "housing")


async def test_units_are_listed_with_their_officers(client: Client, pool: Pool) -> None:
    code = await unit(client, f"Parks {uuid.uuid4().hex}")
    stays, leaves = await officer(client, code, "Una Uwe"), await officer(client, code, "Lee Lowe")
    await client.administrator.post(
        f"/staff/{leaves}/leave-unit", json={"unit": code, "left_on": "2026-03-12"}
    )
    await client.supervisor.post(f"/units/{code}/rename", json={"name": "Green Spaces"})
    await rebuild_views(pool, client.desk.store)
    units = {each["code"]: each for each in (await client.officer.get("/units")).json()["units"]}
    found = units[code]
    assert (found["name"], found["email"], found["version"]) == ("Green Spaces", f"{code}@example.org", 2)
    officers = {each["person_id"]: each for each in found["officers"]}
    assert (officers[stays]["name"], officers[stays]["until_on"]) == ("Una Uwe", None)
    assert (officers[leaves]["position"], officers[leaves]["until_on"]) == ("officer", "2026-03-11")


async def test_a_unit_code_is_given_once(client: Client) -> None:
    code = await unit(client)
    body = {"code": code, "name": "Other", "kind": "team", "email": "o@example.org"}
    answer = await client.supervisor.post("/units", json=body)
    assert (answer.status_code, answer.json()["code"]) == (409, "unit-code-taken")


async def test_a_priority_is_shown_with_the_case_and_in_the_list(client: Client, pool: Pool) -> None:
    reference = await client.case()
    await client.ok(reference, "set-priority", priority="urgent", reason="No heating.")
    await rebuild_views(pool, client.desk.store)
    case = await client.read(reference)
    assert (case["priority"]["priority"], case["priority"]["reason"]) == ("urgent", "No heating.")
    listed = (await client.officer.get("/cases")).json()["cases"]
    assert [each["priority"] for each in listed if each["reference"] == reference] == ["urgent"]
