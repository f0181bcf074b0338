"""The timeline over HTTP: everything, in order, by whom and why, and never less without saying so."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from shared.contracts import ids
from shared.contracts.intake import (
    Acknowledged,
    Assigned,
    ContributionReceived,
    NoteAdded,
    Triaged,
    UnitRegistered,
    UnitRenamed,
)
from shared.contracts.staff import StaffRegistered
from shared.kit.events import Event, Plain, event
from tests.integration.audit.council import OFFICER, Council
from tests.integration.audit.door import REFERENCE, Door
from tests.staff import person_of

DEPARTMENT = ids.unit_id("parks")


@event("redress.test.permit-found.v1")
class PermitFound(Event):
    """A type that audit has no sentence for."""

    permit: int
    found_by: str


async def _department(council: Council) -> UUID:
    """Parks, with the officer who acts in these tests; named Old Parks at first."""
    officer = UUID(OFFICER.removeprefix("person:"))
    stream = f"unit-{DEPARTMENT}"
    await council.record(
        "intake",
        stream,
        DEPARTMENT,
        UnitRegistered(
            unit_id=DEPARTMENT,
            code="parks",
            name="Old Parks",
            kind="department",
            email=Plain("parks@council.example", DEPARTMENT),
        ),
    )
    await council.record(
        "intake",
        f"person-{officer}",
        officer,
        StaffRegistered(
            person_id=officer,
            name=Plain("Olu Officer", officer),
            email=Plain("olu@council.example", officer),
        ),
    )
    return officer


async def test_every_event_of_all_services_in_the_order_of_recording(council: Council, door: Door) -> None:
    await _department(council)
    case = await council.open_case(REFERENCE, notes=2)
    await council.record("ombudsman", f"ombudsman-{case}", case, PermitFound(permit=17, found_by="Pat"))
    await council.kept(8)
    found = await door.timeline()
    assert [(line["system"], line["version"]) for line in found["events"]] == [
        ("intake", 1),
        ("intake", 2),
        ("intake", 3),
        ("intake", 4),
        ("deadlines", 1),
        ("ombudsman", 1),
    ]
    assert [line["number"] for line in found["events"]] == [1, 2, 3, 4, 5, 6]
    opened, started, odd = found["events"][0], found["events"][4], found["events"][5]
    assert opened["sentence"] == (
        f"Case {REFERENCE} was opened: a contact by web form from system:web, received on 20 November 2026, "
        "about Ann Example."
    )
    assert opened["who"] == "Olu Officer"
    assert (started["who"], started["principal"]) == (None, "service:deadlines")
    assert started["why"]["because_of"] == 1
    assert odd["sentence"] == "Recorded: permit found (test)."
    assert odd["details"] == {"permit": "17", "found_by": "Pat"}
    assert found["complete_to"] == 6

    text = await door.text()
    assert text.splitlines()[0] == f"Timeline of {REFERENCE}"
    assert "by Olu Officer (person:" in text
    assert "      because of 1" in text
    assert "Ann Example says that the bins were missed." in text
    assert text.count("\n   ") >= 6


async def test_what_is_complete_says_so_and_what_lags_says_by_how_much(council: Council, door: Door) -> None:
    case = await council.open_case(REFERENCE, notes=1)
    await council.kept(4)
    found = await _until_complete(door)
    assert found["complete_to"] == 4
    assert (await door.text()).splitlines()[1] == "Complete to event 4."
    await council.as_superuser(
        "audit", "DELETE FROM audit_log WHERE stream = $1 AND version = 2", f"case-{case}"
    )
    found = await door.timeline()
    assert not found["complete"]
    assert found["behind"]["events"] == 1
    assert found["behind"]["reasons"] == [f"case-{case} lacks event 2"]
    assert (await door.text()).splitlines()[1] == f"Behind by 1 event: case-{case} lacks event 2."


async def _until_complete(door: Door) -> dict[str, Any]:
    """The marks pass what was recorded a moment later."""
    found: dict[str, Any] = {}
    for _ in range(400):
        found = await door.timeline()
        if found["complete"]:
            return found
        await door.parts.pool.fetchval("SELECT pg_sleep(0.05)")
    raise AssertionError(found["behind"])


async def test_a_relay_that_is_silent_is_a_doubt(council: Council, door: Door) -> None:
    await council.open_case(REFERENCE, notes=0)
    await council.kept(3)
    del council.marks.marks["ombudsman"]
    council.marks._services = ("nobody",)
    found = await door.timeline()
    assert not found["complete"]
    assert found["behind"]["reasons"] == ["nobody: no mark yet"]


async def test_as_at_and_happened_by(council: Council, door: Door) -> None:
    case = await council.open_case(REFERENCE, notes=0)
    stream = f"case-{case}"
    await council.kept(3)
    before = (await door.timeline())["events"][-1]["recorded_at"]
    letter = datetime(2026, 11, 3, 9, tzinfo=UTC)
    acknowledged = Acknowledged(stage="stage1", sent_on=date(2026, 11, 3), means="post")
    await council.record("intake", stream, case, acknowledged, happened=letter)
    await council.kept(4)

    then = await door.timeline(as_at=before)
    assert [line["type"].split(".")[2] for line in then["events"]] == [
        "case-opened",
        "triaged",
        "clock-started",
    ]
    assert then["left_out"] == {"recorded_later": 1, "happened_later": 0}
    by_day = await door.timeline(happened_by="2026-11-03")
    (line,) = by_day["events"]
    assert line["sentence"] == "The stage1 acknowledgement left on 3 November 2026 by post."
    assert line["times_differ"]
    text = await door.text(happened_by="2026-11-03")
    assert "happened 03 Nov 2026 09:00:00 GMT" in text
    assert "3 later events left out" in text
    answer = await door.get(f"/cases/{REFERENCE}/timeline", as_at="soon")
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-moment")


async def test_old_lines_show_the_old_name_of_a_renamed_unit(council: Council, door: Door) -> None:
    await _department(council)
    case = await council.open_case(REFERENCE, notes=0)
    stream = f"case-{case}"
    received = ContributionReceived(
        contribution=1, department_id=DEPARTMENT, text=Plain("Ours.", case), received_on=date(2026, 11, 24)
    )
    await council.record(
        "intake", stream, case, Assigned(department_id=DEPARTMENT, department_name="Old Parks")
    )
    await council.record("intake", stream, case, received)
    await council.record(
        "intake", f"unit-{DEPARTMENT}", DEPARTMENT, UnitRenamed(unit_id=DEPARTMENT, name="Green Spaces")
    )
    await council.record("intake", stream, case, received)
    await council.kept(9)
    sentences = [line["sentence"] for line in (await door.timeline())["events"]]
    assert "Assigned to Old Parks." in sentences
    assert "Contribution 1 of Old Parks came in on 24 November 2026." in sentences
    assert "Contribution 1 of Green Spaces came in on 24 November 2026." in sentences


async def test_after_an_erasure_no_name_is_left_and_the_lines_are_as_many(
    council: Council, door: Door
) -> None:
    await council.open_case(REFERENCE, notes=3)
    await council.kept(6)
    before = await door.timeline()
    assert "Ann Example" in await door.text()
    for key in list(council.keyring.keys.values()):
        await council.keyring.destroy(owner=key.owner)
    after = await door.timeline()
    assert len(after["events"]) == len(before["events"]) == 6
    assert after["complete_to"] == before["complete_to"]
    for answer in (str(after), await door.text()):
        assert "Ann" not in answer
    assert "[erased]" in await door.text()
    assert after["events"][0]["data"]["text"] == {"erased": True}


async def test_a_restricted_case_exists_for_named_groups_only(council: Council, door: Door) -> None:
    case = await council.open_case(REFERENCE, notes=0)
    restricted = Triaged(
        regime="children",
        regime_version="1",
        stage="stage1",
        received_on=date(2026, 11, 20),
        restricted=True,
    )
    await council.record("intake", f"case-{case}", case, restricted)
    await council.kept(4)
    hidden = await door.get(f"/cases/{REFERENCE}/timeline")
    unknown = await door.get("/cases/CR-2026-000009/timeline")
    assert hidden.status_code == unknown.status_code
    assert hidden.json()["code"] == unknown.json()["code"]
    for role in ("officer", "auditor"):
        shown = await door.get(f"/cases/{REFERENCE}/timeline", role, "restricted")
        assert shown.status_code == 200
    assert (await door.get(f"/cases/{REFERENCE}/events", "auditor")).status_code == hidden.status_code


async def test_an_unknown_reference_is_404_when_audit_has_read_everything_and_409_before(
    council: Council, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    await council.open_case(REFERENCE, notes=0)
    await council.kept(3)
    status = 409
    for _ in range(400):
        status = (await door.get("/cases/CR-2026-000009/timeline")).status_code
        if status == 404:
            break
        await door.parts.pool.fetchval("SELECT pg_sleep(0.05)")
    assert status == 404
    monkeypatch.setattr(council.marks, "take", lambda _: None)  # as while no relay can publish
    answer = await door.get("/cases/CR-2026-000009/timeline")
    assert (answer.status_code, answer.headers["Retry-After"]) == (409, "1")


async def test_whoever_looks_is_written_down(council: Council, door: Door) -> None:
    case = await council.open_case(REFERENCE, notes=0)
    await council.kept(3)
    await door.timeline()
    await door.get(f"/cases/{REFERENCE}/events", "auditor")
    rows = await council.audit.fetch("SELECT principal, key, reference, what FROM access_log ORDER BY number")
    who = f"person:{person_of('someone')}"
    assert [tuple(row) for row in rows] == [
        (who, case, REFERENCE, "timeline"),
        (who, case, REFERENCE, "events"),
    ]


async def test_raw_events_checkpoints_and_alarms_are_for_auditors(council: Council, door: Door) -> None:
    await council.open_case(REFERENCE, notes=0)
    await council.kept(3)
    for path in (f"/cases/{REFERENCE}/events", "/checkpoints", "/alarms"):
        assert (await door.get(path, "officer")).status_code == 403
        assert (await door.get(path, "auditor")).status_code == 200
    raw = (await door.get(f"/cases/{REFERENCE}/events", "auditor")).json()
    assert [dict(each["headers"])["ce_sequence"] for each in raw["events"]] == ["1", "2", "1"]
    assert "Ann Example" not in str(raw)
    assert (await door.get("/alarms", "auditor")).json() == {"alarms": []}


async def test_a_note_in_a_case_of_a_thousand_events_is_found(council: Council, door: Door) -> None:
    case = await council.open_case(REFERENCE, notes=0)
    notes = [NoteAdded(text=Plain(f"note {number}", case)) for number in range(1000)]
    await council.record("intake", f"case-{case}", case, *notes)
    await council.kept(1003)
    found = await door.timeline()
    assert [line["data"]["text"] for line in found["events"][3:]] == [f"note {n}" for n in range(1000)]
