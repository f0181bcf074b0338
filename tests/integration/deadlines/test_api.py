"""Deadlines over HTTP."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from shared.contracts.intake import Acknowledged, ContributionRequested
from shared.kit.events import Plain
from tests.integration.deadlines.world import DEPARTMENT, OFFICER, Case, World
from tests.kit import day

REFERENCE = "CASE-2026-000001"
SPRING = date(2026, 3, 2)


@pytest.fixture
async def foi(world: World) -> Case:
    """A request of 2 March 2026, seen on 10 March."""
    world.at = datetime(2026, 3, 10, 10, tzinfo=UTC)
    case = await Case(world, REFERENCE).open("foi", SPRING)
    await settle(world)
    return case


async def settle(world: World) -> None:
    """Everything that is due at once is done."""
    async with world.at_work():
        await world.until_quiet()


async def give(
    world: World, command: str, headers: dict[str, str] | None = None, **body: Any
) -> httpx.Response:
    """An officer's command."""
    return await world.client().post(f"/cases/{REFERENCE}/{command}", json=body, headers=headers)


async def test_the_clocks_of_a_case_come_from_its_stream_with_its_version(world: World, foi: Case) -> None:
    answer = await world.client().get(f"/cases/{REFERENCE}/clocks")
    found = answer.json()
    assert answer.headers["ETag"] == f'"{found["version"]}"'
    (respond,) = [clock for clock in found["clocks"] if clock["clock"] == "respond"]
    assert (respond["due_on"], respond["state"], respond["role"]) == ("2026-03-31", "running", "duty")
    assert respond["citation"] == "FOIA s.10(1), s.10(6)"
    assert foi.reference == found["reference"]


async def test_an_officer_sees_at_once_what_they_did_with_the_log_away(world: World, foi: Case) -> None:
    await give(world, "pause", kind="fees-notice", on="2026-03-09")
    found = (await world.client().get(f"/cases/{REFERENCE}/clocks")).json()
    assert {clock["clock"] for clock in found["clocks"] if clock["state"] == "paused"} == {
        "respond",
        "refusal_notice_latest",
        "respond_extended",
    }
    assert found["pauses"] == [
        {"kind": "fees-notice", "from": "2026-03-09", "to": None, "citation": "FOIA s.9, s.10(2)"}
    ]
    assert await foi.kinds()


async def test_a_repeated_command_gets_its_first_answer_and_is_done_once(world: World, foi: Case) -> None:
    key = {"Idempotency-Key": uuid4().hex}
    first = await give(world, "pause", key, kind="fees-notice", on="2026-03-09")
    again = await give(world, "pause", key, kind="fees-notice", on="2026-03-09")
    assert first.status_code == again.status_code == 200
    assert first.json() == again.json()
    assert (await foi.kinds()).count("clock-paused") == 1
    other = await give(world, "pause", key, kind="fees-notice", on="2026-03-08")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-reused")


async def test_a_stale_version_is_told_what_changed(world: World, foi: Case) -> None:
    version = (await world.client().get(f"/cases/{REFERENCE}/clocks")).headers["ETag"]
    assert (await give(world, "pause", kind="fees-notice", on="2026-03-09")).status_code == 200
    answer = await give(world, "resume", {"If-Match": version}, kind="fees-notice", on="2026-03-10")
    assert answer.status_code == 412
    changed = {change["type"] for change in answer.json()["changed"]}
    assert "redress.deadlines.clock-paused.v1" in changed
    assert "clock-resumed" not in await foi.kinds()


async def test_what_the_rules_forbid_is_refused_with_its_citation(world: World) -> None:
    world.at = datetime(2026, 3, 10, 10, tzinfo=UTC)
    await Case(world, REFERENCE).open("corporate", SPRING)
    await settle(world)
    answer = await give(world, "pause", kind="on-hold", on="2026-03-09")
    assert answer.status_code == 409
    assert answer.json()["code"] == "no-pause"
    assert answer.json()["citation"].startswith("LGSCO Code 6.4")


async def test_a_refusal_that_only_lag_explains_is_not_final(world: World) -> None:
    """Intake has triaged the case; its clocks haven't heard of it, or can't know whether there is more."""
    world.at = datetime(2026, 3, 10, 10, tzinfo=UTC)
    case = await Case(world, REFERENCE).open("foi", SPRING)
    pause: dict[str, Any] = {"kind": "fees-notice", "on": "2026-03-09"}
    unheard = await give(world, "pause", **pause)
    assert (unheard.status_code, unheard.json()["code"]) == (409, "not-heard-of-yet")
    assert unheard.headers["Retry-After"] == "1"
    async with world.at_work():
        assert (await give(world, "pause", **pause)).status_code == 200
    assert "clock-paused" in await case.kinds()


async def test_a_refusal_is_not_final_while_nobody_knows_whether_everything_is_read(world: World) -> None:
    await Case(world, REFERENCE).arrive(SPRING)
    await settle(world)
    pause: dict[str, Any] = {"kind": "fees-notice", "on": "2026-03-09"}
    world.heard = False
    unheard = await give(world, "pause", **pause)
    assert (unheard.status_code, unheard.json()["code"]) == (409, "not-heard-of-yet")
    world.heard = True
    refused = await give(world, "pause", **pause)
    assert (refused.status_code, refused.json()["code"]) == (409, "not-triaged")
    assert "Retry-After" not in refused.headers


async def test_what_is_offered_names_its_values_and_what_is_not_its_reason(world: World, foi: Case) -> None:
    answer = await world.client().get(f"/cases/{REFERENCE}/actions")
    actions = {action["command"]: action for action in answer.json()["actions"]}
    pause = actions["pause"]
    assert pause["address"] == f"/cases/{REFERENCE}/pause"
    assert pause["refused"] is None
    assert [choice["values"] for choice in pause["choices"]] == [{"kind": ["fees-notice"]}]
    assert actions["resume"]["refused"]["code"] == "not-paused"
    (extension,) = actions["propose-extension"]["choices"]
    assert (extension["values"]["clock"], extension["hints"]["latest"]) == (["respond"], "2026-04-30")
    assert answer.headers["ETag"] == f'"{answer.json()["version"]}"'
    assert foi.reference == answer.json()["reference"]


async def test_why_this_date_is_told_in_sentences_and_as_json(world: World, foi: Case) -> None:
    await give(world, "pause", kind="fees-notice", on="2026-03-09", until="2026-03-10")
    text = await world.client().get(f"/cases/{REFERENCE}/why", params={"clock": "respond"})
    assert text.headers["content-type"].startswith("text/plain")
    assert "respond: Thursday 2 April 2026" in text.text
    assert "17 March 2026" in text.text
    assert "a pause ended" in text.text
    json = await world.client().get(f"/cases/{REFERENCE}/why", headers={"Accept": "application/json"})
    assert "respond" in {clock["clock"] for clock in json.json()["clocks"]}
    missing = await world.client().get(f"/cases/{REFERENCE}/why", params={"clock": "no-such"})
    assert missing.status_code == 404
    assert foi.key


async def test_an_extension_is_proposed_and_its_posted_notice_recorded(world: World, foi: Case) -> None:
    answer = await give(
        world,
        "propose-extension",
        clock="respond",
        new_due_on="2026-04-20",
        reason="Weighing the public interest.",
        means="post",
    )
    assert answer.status_code == 200, answer.text
    answer = await give(world, "record-notice", clock="respond", sent_on="2026-03-09", means="post")
    assert answer.json()["events"] == [
        "redress.deadlines.extended.v1",
        "redress.deadlines.due-date-moved.v1",
    ]
    assert await foi.due("respond") == date(2026, 4, 20)
    rows = await world.store.stream_rows(f"clock-{foi.key}")
    assert b"public interest." not in b"".join(row.state for row in rows)
    happened = [row.envelope.happened_at for row in rows if "extended" in row.envelope.wire_name]
    assert happened == [datetime(2026, 3, 9, tzinfo=UTC)]


async def test_a_clarified_request_starts_anew(world: World, foi: Case) -> None:
    answer = await give(world, "restart", kind="clarification", on="2026-03-10", asked_on="2026-03-05")
    assert answer.status_code == 200, answer.text
    assert await foi.due("respond") == date(2026, 4, 10)


async def test_the_date_of_a_contribution_can_be_changed(world: World, foi: Case) -> None:
    await foi.hear(
        ContributionRequested(
            contribution=1,
            department_id=DEPARTMENT,
            department_name="Waste",
            question=Plain("What was held?", foi.customer),
            due_on=date(2026, 3, 13),
        )
    )
    await settle(world)
    answer = await give(world, "change-given-date", clock="contribution", due_on="2026-03-16")
    assert answer.status_code == 200, answer.text
    assert await foi.due("contribution") == date(2026, 3, 16)
    refused = await give(world, "change-given-date", clock="respond", due_on="2026-03-16")
    assert (refused.status_code, refused.json()["code"]) == (409, "no-given-date")


async def test_a_body_with_a_field_that_nobody_knows_is_refused(world: World, foi: Case) -> None:
    answer = await give(world, "pause", kind="fees-notice", on="2026-03-09", hold=True)
    assert answer.status_code == 422
    assert foi.key


async def listed(world: World, **asked: Any) -> list[tuple[str, str]]:
    """What is due, as (reference, clock)."""
    found = (await world.client().get("/due", params=asked)).json()
    return [(item["reference"], item["clock"]) for item in found["items"]]


async def test_what_is_due_is_found_by_day_department_officer_and_state(world: World) -> None:
    today = day.today()
    first = await Case(world, "CASE-2026-000001").open("corporate", today)
    await first.hear(Acknowledged(stage="stage1", sent_on=today, means="email"))
    await Case(world, "CASE-2026-000002").open("corporate", today - timedelta(days=30))
    await Case(world, "CASE-2026-000003").open("corporate", today - timedelta(days=30), historic=True)
    await settle(world)
    late = [("CASE-2026-000002", "stage1_acknowledge"), ("CASE-2026-000002", "stage1_backstop")]
    assert await listed(world, by=today.isoformat()) == late
    assert await listed(world, state="missed") == late
    assert await listed(world) == [*late, ("CASE-2026-000001", "stage1_respond")]
    assert await listed(world, department=str(DEPARTMENT)) == await listed(world)
    assert await listed(world, department="waste") == []
    assert await listed(world, officer=str(OFFICER)) == await listed(world)
    assert await listed(world, officer=str(uuid4())) == []
    assert len(await listed(world, historic=True)) == 5
    assert await listed(world, role="backstop") == late[1:]
    assert await listed(world, role="limit") == [("CASE-2026-000001", "stage1_respond_extended")]
    assert await listed(world, state="met") == [("CASE-2026-000001", "stage1_acknowledge")]


async def test_the_list_comes_in_pages_that_leave_nothing_out(world: World) -> None:
    today = day.today()
    for number in range(7):
        await Case(world, f"CASE-2026-00000{number}").open("corporate", today)
    await settle(world)
    seen, after = [], None
    while True:
        params = {"limit": 3} | ({} if after is None else {"after": after})
        page = (await world.client().get("/due", params=params)).json()
        seen += [(item["reference"], item["clock"]) for item in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert sorted(seen) == [
        (f"CASE-2026-00000{number}", clock)
        for number in range(7)
        for clock in ("stage1_acknowledge", "stage1_backstop")
    ]
    broken = await world.client().get("/due", params={"after": "nonsense"})
    assert (broken.status_code, broken.json()["code"]) == (400, "bad-cursor")


async def test_a_restricted_case_exists_for_its_group_only_and_every_look_is_recorded(world: World) -> None:
    case = await Case(world, REFERENCE).open("children", day.today(), restricted=True)
    await settle(world)
    for path in ("clocks", "why", "actions"):
        assert (await world.client().get(f"/cases/{REFERENCE}/{path}")).status_code == 404
    assert (await give(world, "pause", kind="x", on="2026-03-09")).status_code == 404
    assert await listed(world) == []
    insider = world.client("officer", "restricted", name="Ines")
    assert (await insider.get(f"/cases/{REFERENCE}/clocks")).status_code == 200
    assert len((await insider.get("/due")).json()["items"]) == 1
    looks = await world.pool.fetch("SELECT key, what FROM access_log WHERE NOT refused")
    assert [(look["key"], look["what"]) for look in looks] == [(case.key, "clocks")]


async def test_every_refusal_of_a_case_is_written_down(world: World) -> None:
    case = await Case(world, REFERENCE).open("children", day.today(), restricted=True)
    await settle(world)
    for path in ("clocks", "why", "actions"):
        await world.client().get(f"/cases/{REFERENCE}/{path}")
    asked = "SELECT what FROM access_log WHERE key = $1 AND refused"
    while (
        len(rows := await world.pool.fetch(asked, case.key)) < 3
    ):  # they are written down beside the answers
        await world.pool.fetchval("SELECT pg_sleep(0.02)")
    assert sorted(row["what"] for row in rows) == ["clocks", "commands", "why"]


async def test_a_case_not_heard_of_is_asked_for_again_while_deadlines_lags(world: World) -> None:
    world.heard = False
    answer = await world.client().get(f"/cases/{REFERENCE}/clocks")
    assert (answer.status_code, answer.headers["Retry-After"]) == (409, "1")
    world.heard = True
    assert (await world.client().get(f"/cases/{REFERENCE}/clocks")).status_code == 404


async def test_who_may_read_may_not_write_and_the_calendar_has_a_scope_of_its_own(world: World) -> None:
    holiday = {"on": "2027-06-14", "nation": "scotland", "source": "A proclamation"}
    assert (await world.client().post("/calendar/bank-holidays", json=holiday)).status_code == 403
    reader = world.system("cases:read")
    assert (await reader.post(f"/cases/{REFERENCE}/pause", json={})).status_code == 403
    done = await world.system("calendar:write").post("/calendar/bank-holidays", json=holiday)
    assert done.status_code == 200, done.text
    again = await world.system("calendar:write").post("/calendar/bank-holidays", json=holiday)
    assert again.json()["events"] == []
    found = (
        await reader.get("/calendar/bank-holidays", params={"since": "2027-06-01", "nation": "scotland"})
    ).json()
    assert found["days"][0]["on"] == "2027-06-14"
    assert found["version"].endswith("+2027-06-14.scotland")
