"""Reading the view `staff`: one person, a unit's people, everybody."""

from __future__ import annotations

from datetime import date
from typing import Final
from uuid import UUID

from shared.casework.staff.terms import UnitTerm
from shared.casework.staff.view import StaffRow
from shared.kit import sql
from shared.kit.eventstore import Pool

_EVERYBODY: Final = sql.load(__package__, "everybody.sql")
_PERSON: Final = sql.load(__package__, "person.sql")
_MEMBERS: Final = sql.load(__package__, "members.sql")


async def everybody(pool: Pool) -> list[StaffRow]:
    """All who work here, or have; a council has some thousands."""
    return [StaffRow.model_validate_json(row[0]) for row in await pool.fetch(_EVERYBODY)]


async def person_of(pool: Pool, person_id: UUID) -> StaffRow | None:
    """One person; None: nobody of the staff, as far as this service has heard."""
    found = await pool.fetchval(_PERSON, person_id)
    return None if found is None else StaffRow.model_validate_json(found)


async def members(pool: Pool, unit_id: UUID, day: date) -> list[tuple[StaffRow, UnitTerm]]:
    """Who belongs to the unit that day and as what, whoever has been there longest first."""
    rows = [StaffRow.model_validate_json(row[0]) for row in await pool.fetch(_MEMBERS, unit_id)]
    there = [(row, term) for row in rows if (term := row.position_in(unit_id, day)) is not None]
    return sorted(there, key=lambda one: (one[1].from_on, one[0].person_id))
