"""Who looked at a case, in whatever service, and who was refused it: for auditors and administrators."""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

import pytest

from services.audit.settings import AuditSettings
from shared.contracts.intake import Triaged
from shared.contracts.staff import StaffRegistered
from shared.kit.events import Plain
from tests.integration.audit.council import OFFICER, Council
from tests.integration.audit.door import REFERENCE, Door
from tests.staff import person_of

LOOKS = f"/cases/{REFERENCE}/looks"
NOBODY = "postgresql://auditor@127.0.0.1:1/deadlines"
"""Where no server listens."""


@pytest.fixture
async def case(council: Council, door: Door) -> UUID:
    """An open case that audit has heard of, and the officer who acts."""
    assert door
    officer = UUID(OFFICER.removeprefix("person:"))
    registered = StaffRegistered(
        person_id=officer, name=Plain("Olu Officer", officer), email=Plain("olu@council.example", officer)
    )
    await council.record("intake", f"person-{officer}", officer, registered)
    made = await council.open_case(REFERENCE, notes=0)
    await council.kept(4)
    return made


async def test_looks_in_every_service_stand_in_one_list_the_latest_first(
    council: Council, door: Door, case: UUID
) -> None:
    for service, what in (("intake", "case"), ("deadlines", "clocks"), ("notifications", "messages")):
        await council.stores[service].record_access(OFFICER, case, REFERENCE, what)
    await council.stores["intake"].record_access(OFFICER, person_of("another case"), "CR-2026-9", "case")
    found = (await door.get(LOOKS, "auditor")).json()
    assert [(look["service"], look["what"], look["refused"]) for look in found["looks"]] == [
        ("audit", "looks", False),
        ("notifications", "messages", False),
        ("deadlines", "clocks", False),
        ("intake", "case", False),
    ]
    assert (found["reference"], found["unread"], found["next"]) == (REFERENCE, {}, None)


async def test_whoever_is_known_is_named_and_whoever_is_not_has_an_id(
    council: Council, door: Door, case: UUID
) -> None:
    await council.stores["intake"].record_access(OFFICER, case, REFERENCE, "case")
    await council.stores["intake"].record_access("system:web", case, REFERENCE, "case")
    looks = (await door.get(LOOKS, "auditor")).json()["looks"]
    assert [(look["who"], look["name"]) for look in looks] == [
        (f"person:{person_of('someone')}", None),
        ("system:web", None),
        (OFFICER, "Olu Officer"),
    ]


async def test_asking_who_looked_is_a_look(door: Door, case: UUID) -> None:
    assert case
    for asked in (1, 2):
        looks = (await door.get(LOOKS, "auditor")).json()["looks"]
        assert [look["what"] for look in looks] == ["looks"] * asked


async def test_who_looked_is_told_to_auditors_and_administrators_alone(door: Door, case: UUID) -> None:
    assert case
    answers = {
        role: (await door.get(LOOKS, role)).status_code
        for role in ("officer", "supervisor", "auditor", "administrator")
    }
    assert answers == {"officer": 403, "supervisor": 403, "auditor": 200, "administrator": 200}


async def test_a_refusal_is_told_with_what_was_refused(council: Council, door: Door, case: UUID) -> None:
    restricted = Triaged(
        regime="children",
        regime_version="1",
        stage="stage1",
        received_on=date(2026, 11, 20),
        restricted=True,
    )
    await council.record("intake", f"case-{case}", case, restricted)
    await council.kept(5)
    for path in (f"/cases/{REFERENCE}/timeline", LOOKS):
        assert (await door.get(path, "auditor")).status_code in (404, 409)
    count = partial(council.audit.fetchval, "SELECT count(*) FROM access_log WHERE refused")
    while await count() < 2:
        await council.audit.fetchval("SELECT pg_sleep(0.02)")
    looks = (await door.get(LOOKS, "auditor", "restricted")).json()["looks"]
    assert {(look["what"], look["refused"]) for look in looks} == {
        ("timeline", True),
        ("looks", True),
        ("looks", False),
    }


async def test_pages_hold_every_look_once_also_where_services_looked_at_the_same_moment(
    council: Council, door: Door, case: UUID
) -> None:
    insert = "INSERT INTO access_log (principal, key, what, at) VALUES ($1, $2, $3, '2026-11-25T09:00:00Z')"
    for service in ("intake", "deadlines", "ombudsman"):
        for number in range(3):
            await council.as_superuser(service, insert, OFFICER, case, f"part {number}")
    seen, cursor, pages = [], None, 0
    while pages == 0 or cursor:
        after: dict[str, str] = {} if cursor is None else {"cursor": cursor}
        found = (await door.get(LOOKS, "auditor", text=False, limit="2", **after)).json()
        seen += [(look["service"], look["what"]) for look in found["looks"] if look["service"] != "audit"]
        cursor, pages = found["next"], pages + 1
    assert sorted(seen) == sorted(set(seen))
    assert len(seen) == 9


@pytest.mark.parametrize("cursor", ["x", "WyIyMDI2LTExLTI1IiwgImludGFrZS8xIl0=", "WyIiLCAiIl0="])
async def test_a_cursor_that_is_not_ours_is_refused(door: Door, case: UUID, cursor: str) -> None:
    assert case
    answer = await door.get(LOOKS, "auditor", cursor=cursor)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad-cursor")


async def test_a_service_that_cannot_be_reached_is_named(
    council: Council, door: Door, case: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    await council.stores["intake"].record_access(OFFICER, case, REFERENCE, "case")
    url_of = AuditSettings.auditor_url
    monkeypatch.setattr(
        AuditSettings, "auditor_url", lambda its, name: NOBODY if name == "deadlines" else url_of(its, name)
    )
    found = (await door.get(LOOKS, "auditor")).json()
    assert list(found["unread"]) == ["deadlines"]
    assert [look["what"] for look in found["looks"]] == ["looks", "case"]
