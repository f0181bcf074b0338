"""A case as the other services tell of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Protocol
from uuid import UUID, uuid4

from shared.contracts.deadlines import BankHolidayProclaimed, ClockStarted, ReminderDue
from shared.contracts.intake import (
    Assigned,
    CaseOpened,
    Customer,
    Receipt,
    ResponseIssued,
    Triaged,
    UnitRegistered,
)
from shared.contracts.staff import JoinedUnit, StaffRegistered
from shared.kit.events import Event, Plain, SealedBlob
from shared.rules.regimes import load_regimes
from tests.kit.day import today

SOMEBODY = UUID("00000000-0000-4000-8000-000000000009")
"""Who works at the other services."""
CALENDAR = UUID("00000000-0000-4000-8000-00000000000c")
EVERY_DAY = "Mon-Sun 00:00-24:00"
"""Office hours that end on a bank holiday alone."""


def due() -> date:
    """By when something is owed that isn't late yet."""
    return today() + timedelta(days=4)


class Log(Protocol):
    """Where the other services speak."""

    async def hear(self, stream: str, key: UUID, event: Event, by: UUID = SOMEBODY) -> UUID:
        """The stream's next event, caused by that person; gives its id."""
        ...


@dataclass
class Department:
    """A department with an officer and a head of service."""

    world: Log
    unit: UUID = field(default_factory=uuid4)
    officer: UUID = field(default_factory=uuid4)
    head: UUID = field(default_factory=uuid4)

    async def hear(self, event: Event) -> None:
        """An event of the unit."""
        await self.world.hear(f"unit-{self.unit}", self.unit, event)

    async def staff(self, person: UUID, event: Event) -> None:
        """An event of a person who works there."""
        await self.world.hear(f"person-{person}", person, event)

    async def register(self) -> Department:
        """Known with its people."""
        await self.hear(
            UnitRegistered(
                unit_id=self.unit,
                code="waste",
                name="Waste and recycling",
                kind="department",
                email=Plain("waste@anytown.example", self.unit),
            )
        )
        for person, position, address in (
            (self.officer, "officer", "olu@anytown.example"),
            (self.head, "head-of-service", "hana@anytown.example"),
        ):
            await self.staff(
                person,
                StaffRegistered(
                    person_id=person, name=Plain("Somebody", person), email=Plain(address, person)
                ),
            )
            await self.staff(
                person,
                JoinedUnit(
                    person_id=person,
                    unit_id=self.unit,
                    unit_name="Waste and recycling",
                    position=position,
                    from_on=today() - timedelta(days=30),
                ),
            )
        return self


@dataclass
class Matter:
    """A case of one customer, assigned to a department."""

    world: Log
    department: Department
    case: UUID = field(default_factory=uuid4)
    customer: UUID = field(default_factory=uuid4)
    regime: str = "corporate"

    @property
    def reference(self) -> str:
        """Its reference."""
        return f"CR-2026-{str(self.case)[:6]}"

    def plain(self, text: str) -> Plain:
        """A text of the customer's."""
        return Plain(text, self.customer)

    async def intake(self, event: Event, by: UUID = SOMEBODY) -> UUID:
        """Intake says it."""
        return await self.world.hear(f"case-{self.case}", self.case, event, by)

    async def deadlines(self, event: Event) -> UUID:
        """Deadlines says it."""
        return await self.world.hear(f"clock-{self.case}", self.case, event)

    async def open(
        self,
        *,
        name: str = "Ana Green",
        email: str | None = "ana@example.com",
        customer: bool = True,
        assigned: bool = True,
        **facts: Any,
    ) -> Matter:
        """Opened, triaged and taken by the department's officer."""
        person = Customer(
            person_id=self.customer,
            name=self.plain(name),
            email=None if email is None else self.plain(email),
        )
        await self.intake(
            CaseOpened(
                reference=self.reference,
                channel="web",
                adapter="json",
                sender="website",
                receipt=Receipt(received_on=today(), precision="day", said_by="sender"),
                customer=person if customer else None,
                text=self.plain("The bins were missed again."),
                original=SealedBlob(key_id=uuid4(), sha256="0" * 64, size=1, media_type="text/plain"),
                **facts,
            )
        )
        regime = load_regimes()[self.regime]
        await self.intake(
            Triaged(
                regime=regime.name,
                regime_version=regime.version,
                stage=regime.stages[0].name,
                received_on=today(),
                restricted=bool(facts.get("restricted")),
            )
        )
        if assigned:
            await self.assign(self.department.officer, by=self.department.officer)
        return self

    async def assign(self, officer: UUID | None, by: UUID = SOMEBODY) -> UUID:
        """Assigned to the department and an officer, by themselves or by somebody else."""
        assigned = Assigned(
            department_id=self.department.unit, department_name="Waste and recycling", officer_id=officer
        )
        return await self.intake(assigned, by)

    async def start(
        self,
        clock: str = "stage1_respond",
        due_on: date | None = None,
        department: UUID | None = None,
        role: str = "duty",
    ) -> None:
        """A clock runs."""
        regime = load_regimes()[self.regime]
        await self.deadlines(
            ClockStarted(
                regime=regime.name,
                regime_version=regime.version,
                clock=clock,
                occurrence=1,
                stage=regime.stages[0].name,
                role=role,
                base_event="received",
                base_date=today(),
                due_on=due_on or due(),
                given=False,
                working={},
                calendar_version="england-2026-11-21",
                department_id=department,
            )
        )

    async def remind(
        self,
        rung: str = "officer",
        clock: str = "stage1_respond",
        due_on: date | None = None,
        department: UUID | None = None,
    ) -> None:
        """A rung of the ladder is reached."""
        await self.deadlines(
            ReminderDue(
                clock=clock,
                occurrence=1,
                stage=load_regimes()[self.regime].stages[0].name,
                rung=rung,
                offset=-2,
                due_on=due_on or due(),
                department_id=department,
            )
        )

    async def answer(
        self, text: str = "Dear Ana\n\nWe are sorry.", subject: str = "Our answer", means: str = "email"
    ) -> UUID:
        """An officer issued the answer of stage 1."""
        return await self.intake(
            ResponseIssued(
                stage="stage1",
                outcome="upheld",
                means=means,
                subject=self.plain(subject),
                text=self.plain(text),
            )
        )


async def proclaim(world: Log, day: date) -> None:
    """That day becomes a bank holiday in England."""
    await world.hear(
        "calendar-england",
        CALENDAR,
        BankHolidayProclaimed(on=day, nation="england", source="test", calendar_version="test"),
    )
