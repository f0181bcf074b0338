"""Who gets a message, and at which address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from services.notifications.application.dependencies import Dependencies
from services.notifications.domain.letter import Letter, Recipient
from services.notifications.domain.message.owed import WriteLetter
from services.notifications.domain.suppression import Ground
from services.notifications.views.cases import CaseRow
from services.notifications.views.cases import places_of as places_of_case
from services.notifications.views.directory import places_of as places_of_unit
from shared.casework.staff import StaffRow, members, person_of, places_of
from shared.kit.events import SealedValue
from shared.kit.keyring import Place
from shared.rules.regimes.rules import Reminded


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody with an address.

    Attributes:
        owner: the person, officer or unit that the address belongs to.
        unit: the unit that is written to, None for a customer.
        unit_name: its name today.
        instead: it is the department's own mailbox, because nobody is known for the rung.
    """

    owner: UUID
    address: str
    unit: UUID | None = None
    unit_name: str = ""
    instead: bool = False


class Recipients:
    """Finds recipients in the views, and unseals their addresses."""

    def __init__(self, dependencies: Dependencies) -> None:
        self._its = dependencies

    async def find(self, letter: Letter, asked: WriteLetter, case: CaseRow) -> Addressee | Ground:
        """Whom the letter goes to, or why nobody can be written to."""
        if letter.to is Recipient.CUSTOMER:
            return await self._customer(case)
        if letter.to is Recipient.OFFICER:
            return await self._officer(case, asked)
        return await self._department(case, asked, asked.rung if letter.to is Recipient.RUNG else None)

    async def _customer(self, case: CaseRow) -> Addressee | Ground:
        """The customer, or who represents them where there is no customer."""
        if case.customer_id is None or case.customer_email is None:
            return Ground.NO_ADDRESS
        found = await self._open(case.customer_email, places_of_case(case)["customer_email"])
        return Ground.ERASED if found is None else Addressee(case.customer_id, found)

    async def _officer(self, case: CaseRow, asked: WriteLetter) -> Addressee | Ground:
        """The person of staff whom the event names, if they still work here."""
        assert asked.officer_id is not None
        person = await person_of(self._its.pool, asked.officer_id)
        unit = await self._its.history.unit(asked.department_id or case.department_id)
        works = person is not None and person.works_on(self._its.today)
        found = await self._email_of(person) if person is not None and works else None
        if found is None:
            return Ground.NO_ADDRESS
        unit_id, name = (None, "") if unit is None else (unit.unit_id, unit.name)
        return Addressee(asked.officer_id, found, unit_id, name)

    async def _department(self, case: CaseRow, asked: WriteLetter, rung: str | None) -> Addressee | Ground:
        """Whom the rung names in the department that owes the answer, else the department's own address.

        Without a rung it is the department's address at once.
        """
        unit = await self._its.history.unit(asked.department_id or case.department_id)
        if unit is None:
            return Ground.NO_ADDRESS
        there = await members(self._its.pool, unit.unit_id, self._its.today)
        wanted = on_rung({row.person_id: term.position for row, term in there}, case.officer_id, rung)
        officer = next((row for row, _ in there if row.person_id == wanted), None)
        found = None if officer is None else await self._email_of(officer)
        if officer is not None and found is not None:
            return Addressee(officer.person_id, found, unit.unit_id, unit.name)
        found = await self._open(unit.email, places_of_unit(unit)["email"])
        if found is None:
            return Ground.NO_ADDRESS
        return Addressee(unit.unit_id, found, unit.unit_id, unit.name, instead=rung is not None)

    async def _email_of(self, person: StaffRow) -> str | None:
        return await self._open(person.email, places_of(person)["email"])

    async def _open(self, value: SealedValue | None, place: Place) -> str | None:
        return None if value is None else await self._its.sealer.unseal(value, place)


def on_rung(positions: Mapping[UUID, str], officer_id: UUID | None, rung: str | None) -> UUID | None:
    """The officer who has the case, if they are of that unit (any other would be the wrong one); on a higher rung who
    has that position in the unit.
    """
    if rung == Reminded.OFFICER:
        return officer_id if officer_id in positions else None
    return next((person for person, position in positions.items() if position == rung), None)
