"""The services round one case: what they hear of each other, what they owe, and the clock of it all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache, cached_property
from heapq import heappop, heappush
from random import Random
from typing import Final, Protocol
from uuid import UUID

from deploy.sandbox import SCHOOLS
from deploy.simulation.council import Council
from deploy.simulation.frequencies import Frequencies
from deploy.simulation.streams import Streams
from services.deadlines.domain.calendar import calendar_of
from services.intake.application.rulebook import load_rulebook
from services.intake.domain.case import INITIAL, CaseState
from services.intake.domain.rulebook import Rulebook
from shared.contracts.deadlines import BankHolidayProclaimed
from shared.contracts.ids import case_stream
from shared.kit.decider import Refused
from shared.kit.due import DueRow
from shared.kit.log import Received
from shared.kit.runtime import Settings
from shared.rules.calendar import load_calendar, london_day
from shared.rules.calendar.days import Calendar
from shared.rules.calendar.office_hours import OfficeHours, parse_office_hours
from shared.rules.calendar.schools import load_schools


@cache
def case_rules() -> Rulebook:
    """The rules of cases, with the made-up school."""
    return load_rulebook(SCHOOLS)


@cache
def shipped() -> Calendar:
    """The calendar that ships, with the made-up school."""
    return load_calendar().with_schools(load_schools(SCHOOLS))


_HALF_A_DAY: Final = timedelta(hours=12)


class Machine(Protocol):
    """What a service does by itself: hears, owes, and does what it owes."""

    def hear(self, received: Received) -> Iterable[DueRow]:
        """The commands that an event makes due."""
        ...

    def opens(self, row: DueRow) -> datetime:
        """The instant from which a due row may be done: now, or later."""
        ...

    def do(self, row: DueRow) -> None:
        """Does a due row. Raises `Refused`, which is final."""
        ...


@dataclass(frozen=True, slots=True)
class Setting:
    """What all lives have round them.

    Attributes:
        until: the end of the simulation.
        filed: the lives are said again to a running system at `until`, each step with the day on which it happened: the
            services' clock stands there, and what timers do is left to the system.
        historic: ... as old matters of which nobody hears; else as cases that go on.
        proclaimed: the bank holiday that was proclaimed, as the log brought it; none in lives that are filed.
    """

    council: Council
    often: Frequencies
    until: datetime
    filed: bool = False
    historic: bool = False
    proclaimed: Received | None = None

    @property
    def today(self) -> date:
        """The London day on which the simulation ends."""
        return london_day(self.until)

    @property
    def last_working_day(self) -> date:
        """That day, or the last before it on which somebody has worked for some hours."""
        calendar = load_calendar()
        return calendar.on_or_before(london_day(self.until - _HALF_A_DAY), calendar.office)


@dataclass
class World:
    """One case's services. `machines` is filled by `machines.put_in`."""

    setting: Setting
    case_id: UUID
    rng: Random
    start: datetime
    machines: list[Machine] = field(default_factory=list)
    _due: list[tuple[datetime, int, Machine, DueRow]] = field(default_factory=list)
    _owed: int = 0

    @cached_property
    def streams(self) -> Streams:
        return Streams(self.start, self.rng, self._heard)

    @property
    def now(self) -> datetime:
        return self.streams.now

    @property
    def calendar(self) -> Calendar:
        proclaimed = self.setting.proclaimed
        if proclaimed is None or self.now < proclaimed.envelope.recorded_at:
            return shipped()
        assert isinstance(proclaimed.event, BankHolidayProclaimed)
        return calendar_of(shipped(), (proclaimed.event,))

    @cached_property
    def hours(self) -> OfficeHours:
        return parse_office_hours(Settings.model_fields["office_hours"].default)

    @property
    def case(self) -> CaseState:
        found: CaseState = self.streams.state(case_stream(self.case_id), INITIAL)
        return found

    @property
    def waiting(self) -> list[DueRow]:
        return [row for _, _, _, row in self._due]

    def run_to(self, moment: datetime) -> None:
        """Does what is owed until then, and lets the time pass. What nobody can do yet is looked at again later."""
        while self._due and self._due[0][0] <= moment:
            at, _, machine, row = heappop(self._due)
            self.streams.now = max(self.now, at)
            opens = machine.opens(row)
            if opens > self.now:
                self.owe(machine, row, opens)
                continue
            try:
                machine.do(row)
            except Refused:  # as in the services: for what is owed a refusal is final
                continue
        self.streams.now = max(self.now, moment)

    def settle(self) -> None:
        """Does what is owed at once."""
        while self._due and self._due[0][0] <= self.now:
            self.run_to(self.now)

    def owe(self, machine: Machine, row: DueRow, at: datetime | None = None) -> None:
        """Keeps a due row until its time."""
        self._owed += 1
        heappush(self._due, (at or row.due_at, self._owed, machine, row))

    def pass_by(self, **by: float) -> None:
        """Lets a moment pass in which nothing that is owed is looked at: a conversation with a mail server."""
        self.streams.now += timedelta(**by)

    def _heard(self, received: Received) -> None:
        for machine in self.machines:
            for row in machine.hear(received):
                self.owe(machine, row)
