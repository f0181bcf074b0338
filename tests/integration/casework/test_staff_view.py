"""The view of staff in a real database: folded in any cut, read by one statement, and silent about who is parked."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from shared.casework.staff import STAFF, FromView, Picture, StaffRow, everybody, members
from shared.contracts import staff
from shared.kit.events import Event, SealedValue, event_id
from shared.kit.eventstore import Pool, connect_pool
from shared.kit.http import Problem
from shared.kit.log import LogOffset, Mark, MarksReader, Received
from shared.kit.log.subscriber.views.preparing import prepare
from tests.conftest import Databases
from tests.kit.databases import service_database
from tests.kit.heard import heard, told

DAY = date(2026, 6, 10)
PARKS, ROADS = uuid4(), uuid4()
NAME = SealedValue(key_id=UUID(int=1), event_id=UUID(int=2), field="name", nonce="AA==", ciphertext="AA==")


@pytest.fixture
async def pool(postgres: Databases) -> AsyncIterator[Pool]:
    """A database with the view and the positions of a subscriber."""
    pool = await connect_pool(await service_database(postgres))
    await prepare(pool, (STAFF,), (), {0: 0})
    yield pool
    await pool.close()


def life(person: UUID) -> list[Received]:
    """Somebody's stream, as the log would bring it."""
    events: list[Event] = [
        staff.StaffRegistered(person_id=person, name=NAME),
        staff.RoleGiven(person_id=person, role="officer", from_on=DAY),
        staff.RoleGiven(person_id=person, role="auditor", from_on=DAY),
        staff.JoinedUnit(person_id=person, unit_id=PARKS, unit_name="Parks", position="officer", from_on=DAY),
        staff.JoinedGroup(person_id=person, group="safeguarding", from_on=DAY, until_on=DAY),
        staff.AbsenceRecorded(person_id=person, from_on=DAY, deputy=uuid4()),
        staff.RoleEnded(person_id=person, role="auditor", ended_on=DAY),
        staff.AbsenceEnded(person_id=person, from_on=DAY, back_on=DAY + timedelta(days=2)),
    ]
    return told(f"person-{person}", person, *events)


async def fold(pool: Pool, *batches: list[Received]) -> None:
    async with pool.acquire() as connection:
        for batch in batches:
            await STAFF.fold(connection, batch)


def source(pool: Pool, *, level: bool = True) -> FromView:
    marks = MarksReader("unused", ("intake",))
    if level:
        marks.take(Mark("intake", 1, datetime.now(UTC), {}).to_json())

    async def offsets() -> dict[int, LogOffset]:
        return {}

    async def heard(_: datetime) -> bool:
        return level

    return FromView(pool, Picture(marks, offsets, "intake"), heard)


async def test_a_row_is_the_same_in_one_batch_and_event_by_event(pool: Pool) -> None:
    one, other = uuid4(), uuid4()
    await fold(pool, life(one), *([each] for each in life(other)))
    rows = {row.person_id: row for row in await everybody(pool)}
    like = {"person_id": one, "registered_by": rows[one].registered_by, "absences": rows[one].absences}
    assert rows[other].model_copy(update=like) == rows[one]
    row = rows[one]
    assert row.version == 8
    assert row.roles_on(DAY) == {"officer"}
    assert row.units_on(DAY) == {PARKS}
    assert row.name == NAME
    assert row.registered_by == event_id(f"person-{one}", 1)


async def test_a_persons_facts_are_found_and_nobodys_are_not(pool: Pool) -> None:
    person = uuid4()
    await fold(pool, life(person))
    found = await source(pool).facts(person)
    assert isinstance(found, StaffRow)
    assert found.roles_on(DAY) == {"officer"}
    assert await source(pool).facts(uuid4()) is None


async def test_nobody_gets_in_by_facts_that_wait_for_a_repair(pool: Pool) -> None:
    person = uuid4()
    await fold(pool, life(person))
    await pool.execute("INSERT INTO views.parked_keys (key, partition, error) VALUES ($1, 0, 'x')", person)
    with pytest.raises(Problem, match="can't say yet") as caught:
        await source(pool).facts(person)
    assert caught.value.status == 503


async def test_nobody_gets_in_by_a_picture_that_was_never_complete(pool: Pool) -> None:
    person = uuid4()
    await fold(pool, life(person))
    with pytest.raises(Problem, match="can't say yet") as caught:
        await source(pool, level=False).facts(person)
    assert (caught.value.status, caught.value.headers["Retry-After"]) == (503, "1")


async def test_the_people_of_a_unit_are_those_of_that_day_the_longest_there_first(pool: Pool) -> None:
    later, gone, never = uuid4(), uuid4(), uuid4()
    first = uuid4()
    for person, since in ((first, DAY), (later, DAY + timedelta(days=1)), (gone, DAY)):
        joined = staff.JoinedUnit(
            person_id=person, unit_id=ROADS, unit_name="Roads", position="officer", from_on=since
        )
        registered = staff.StaffRegistered(person_id=person, name=NAME)
        await fold(
            pool,
            [heard(registered, f"person-{person}", person, 1), heard(joined, f"person-{person}", person, 2)],
        )
    left = staff.LeftUnit(person_id=gone, unit_id=ROADS, left_on=DAY + timedelta(days=1))
    await fold(pool, [heard(left, f"person-{gone}", gone, 3)], life(never))
    there = await members(pool, ROADS, DAY + timedelta(days=1))
    assert [(row.person_id, term.position) for row, term in there] == [(first, "officer"), (later, "officer")]
