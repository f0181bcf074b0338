"""Staff over HTTP: who people are and what they may do follows from what is recorded, at once, also with Kafka away."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from services.intake.api import routers
from services.intake.application.dependencies import Dependencies
from services.intake.application.staff import OwnStaff
from shared.casework.staff import StaffPersons, look_up
from shared.contracts.ids import staff_id
from shared.kit.eventstore import Pool
from shared.kit.http import create_app, person_token, system_token
from tests.integration.intake.conftest import Client, rebuild_views, stored
from tests.integration.intake.test_commands import unit

ISSUER = "https://login.council.example"


@dataclass
class House:
    """Intake that knows nobody but those who are recorded, and a way in for each."""

    desk: Dependencies
    private: bytes
    public: str

    def __post_init__(self) -> None:
        persons = StaffPersons(OwnStaff(self.desk.store), self.desk.now)
        self.app = create_app("intake", token_key=self.public, persons=persons, routers=routers(self.desk))

    def by(self, token: str) -> httpx.AsyncClient:
        headers = {"Authorization": f"Bearer {token}"}
        transport = httpx.ASGITransport(self.app)
        return httpx.AsyncClient(transport=transport, base_url="http://intake", headers=headers)

    def person(self, identity: uuid.UUID, **narrowed: Any) -> httpx.AsyncClient:
        return self.by(person_token(self.private, identity, **narrowed))

    async def registered(self, *roles: str, **more: Any) -> uuid.UUID:
        """Somebody new, registered by the data folder's key."""
        subject = uuid.uuid4().hex
        body = {"issuer": ISSUER, "subject": subject, "name": "Olu Ode", "roles": roles, **more}
        answer = await self.tell("", body)
        assert answer["person_id"] == str(staff_id(ISSUER, subject))
        return uuid.UUID(answer["person_id"])

    async def tell(self, path: str, body: dict[str, Any], status: int | None = None) -> dict[str, Any]:
        """A command about staff by whoever holds the key."""
        folder = self.by(system_token(self.private, "data-folder", ["staff:write"]))
        answer = await folder.post(f"/staff{path}", json=body)
        assert answer.status_code == (status or (200 if path else 201)), answer.text
        found: dict[str, Any] = answer.json()
        return found


@pytest.fixture
def house(desk: Dependencies, key_files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> House:
    """Intake whose look-ups are never older than the request."""
    monkeypatch.setattr(look_up, "_KEPT_FOR", 0.0)
    return House(desk, key_files[0].read_bytes(), key_files[1].read_text())


def code(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json().get("code", "")


async def test_nobody_is_anybody_before_they_are_registered(house: House) -> None:
    answer = await house.person(uuid.uuid4()).get("/cases")
    assert code(answer) == (403, "not-staff")
    assert "administrator" in answer.json()["detail"]


async def test_a_role_holds_as_soon_as_it_is_recorded_and_no_longer(house: House) -> None:
    person = await house.registered()
    assert code(await house.person(person).get("/staff")) == (403, "scope-missing")
    await house.tell(f"/{person}/give-role", {"role": "officer"})
    assert (await house.person(person).get(f"/staff/{person}")).status_code == 200
    await house.tell(f"/{person}/end-role", {"role": "officer"})
    assert code(await house.person(person).get(f"/staff/{person}")) == (403, "scope-missing")
    await house.tell(f"/{person}/leave", {})
    assert code(await house.person(person).get(f"/staff/{person}")) == (403, "not-staff")


async def test_the_first_administrator_registers_the_next(house: House) -> None:
    first = await house.registered("administrator")
    body = {"issuer": ISSUER, "subject": uuid.uuid4().hex, "name": "Una Uwe", "roles": ["officer"]}
    answer = await house.person(first).post("/staff", json=body)
    assert answer.status_code == 201, answer.text
    second = uuid.UUID(answer.json()["person_id"])
    assert code(await house.person(second).post("/staff", json=body)) == (403, "scope-missing")
    narrowed = house.person(first, only_roles=["officer"])
    assert code(await narrowed.post("/staff", json=body)) == (403, "scope-missing")


async def test_a_person_stands_in_events_by_their_id_alone(house: House, pool: Pool) -> None:
    person = await house.registered("officer", "administrator", email="olu@example.org")
    await house.person(person).post(f"/staff/{person}/join-group", json={"group": "safeguarding"})
    rows = await house.desk.store.stream_rows(f"person-{person}")
    kinds = ["staff-registered", "role-given", "role-given", "joined-group"]
    assert await stored(pool, f"person-{person}") == kinds
    assert [row.envelope.principal for row in rows] == ["system:data-folder"] * 3 + [f"person:{person}"]
    for text in (b"Olu Ode", b"example.org"):  # a blank and a dot: base64 has neither
        assert all(text not in row.state for row in rows)


async def test_a_person_is_told_whole_from_their_stream_and_from_the_view(
    house: House, client: Client, pool: Pool
) -> None:
    parks, deputy = await unit(client), await house.registered("officer")
    person = await house.registered("officer", units=[{"unit": parks, "position": "head-of-service"}])
    await house.tell(f"/{person}/record-absence", {"deputy": str(deputy), "until_on": "2026-03-20"})
    told = await house.person(person).get(f"/staff/{person}")
    found = told.json()
    assert (found["name"], found["email"], told.headers["ETag"]) == ("Olu Ode", None, '"4"')
    assert found["units"][0]["position"] == "head-of-service"
    assert (found["absences"][0]["deputy"], found["absences"][0]["until_on"]) == (str(deputy), "2026-03-20")
    await rebuild_views(pool, house.desk.store)
    everybody = (await house.person(person).get("/staff")).json()["staff"]
    assert found in everybody


async def test_what_names_nobody_is_refused(house: House) -> None:
    person = await house.registered()
    nobody = str(uuid.uuid4())
    for path, body, reason in (
        ("give-role", {"role": "king"}, "no-such-role"),
        ("join-unit", {"unit": "nowhere"}, "no-such-unit"),
        ("record-absence", {"deputy": nobody}, "no-such-deputy"),
    ):
        assert (await house.tell(f"/{person}/{path}", body, 409))["code"] == reason
    assert (await house.tell(f"/{nobody}/give-role", {"role": "officer"}, 409))["code"] == "not-staff"
    body = {"issuer": ISSUER, "subject": "olu@example.org", "name": "Olu Ode"}
    assert (await house.tell("", body, 422))["pointer"] == "/body/subject"
