"""A case told in a few words: facts as other services record them, and the decider behind them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from deploy.sandbox import SCHOOLS
from services.deadlines.domain.clock import ClockDecider, Given, clock_decider
from services.deadlines.domain.clock.hear import Hear
from services.deadlines.domain.clock.names import CONTRIBUTION, Fact
from services.deadlines.domain.clock.state import INITIAL, Clocks, Run
from shared.contracts.deadlines import ClockEvent, FactNoted
from shared.kit.decider import Command, Refused
from shared.kit.events import Plain
from shared.rules.calendar import Calendar, load_calendar
from shared.rules.calendar.schools import load_schools
from shared.rules.regimes import load_regimes

CASE = "case-00000000-0000-0000-0000-000000000001"
HOUSING_DEPARTMENT = UUID("00000000-0000-0000-0000-0000000000d1")
CASE_ID = UUID("00000000-0000-0000-0000-000000000001")
CUSTOMER = UUID("00000000-0000-0000-0000-0000000000c1")
LATER = date(2027, 6, 1)


REASON = "More to find out"
"""A reason, as an officer writes it."""
SEALED_FOR_THE_CUSTOMER = Plain(REASON, CUSTOMER)


def on(today: date, calendar: Calendar | None = None) -> Given:
    """The circumstances of that day."""
    return Given(today=today, calendar=calendar or known_calendar(), regimes=load_regimes(), case_id=CASE_ID)


def known_calendar() -> Calendar:
    """The calendar with the made-up school."""
    return load_calendar().with_schools(load_schools(SCHOOLS))


@dataclass
class Story:
    """A case's clocks and what was told to them so far."""

    today: date = LATER
    calendar: Calendar = field(default_factory=known_calendar)
    past: tuple[ClockEvent, ...] = ()
    sequence: int = 0

    @property
    def given(self) -> Given:
        """Today's circumstances."""
        return on(self.today, self.calendar)

    @property
    def rules(self) -> ClockDecider:
        """The rules under today's circumstances."""
        return clock_decider(self.given)

    @property
    def state(self) -> Clocks:
        """What the past folds to."""
        return self.rules.fold(self.past)

    def tell(self, command: Command) -> tuple[ClockEvent, ...]:
        """Gives a command; its events become the past."""
        events = self.rules.decide(command, self.state)
        self.past += events
        return events

    def refused(self, command: Command, code: str, citation: str | None = None) -> Refused:
        """The rules forbid it with this code (and citation), and nothing happens."""
        with pytest.raises(Refused) as caught:
            self.rules.decide(command, self.state)
        assert caught.value.code == code
        if citation is not None:
            assert citation in caught.value.citation
        return caught.value

    def hear(self, fact: FactNoted) -> tuple[ClockEvent, ...]:
        """Another service recorded this."""
        return self.tell(Hear(fact=fact))

    def fact(self, kind: Fact, day: date, **fields: Any) -> FactNoted:
        """The next fact of the case's stream."""
        self.sequence += 1
        return FactNoted(fact=kind, origin=CASE, sequence=self.sequence, on=day, **fields)

    def opened(self, day: date, *, historic: bool = False) -> Story:
        """The case is opened."""
        self.hear(
            self.fact(Fact.OPENED, day, reference="CASE-2026-000001", person_id=CUSTOMER, historic=historic)
        )
        return self

    def triaged(
        self, regime: str, received: date, stage: str | None = None, school: str = "oakfield"
    ) -> Story:
        """The case goes under a regime, in the version of the day of receipt, at a school where it counts its days."""
        rules = load_regimes().in_force(regime, received)
        self.hear(
            self.fact(
                Fact.TRIAGED,
                received,
                regime=regime,
                regime_version=rules.version,
                stage=stage or rules.stages[0].name,
                school=school if rules.needs_school else "",
            )
        )
        return self

    def happened(self, trigger: str, day: date) -> tuple[ClockEvent, ...]:
        """Something that clocks count from, or wait for, happened."""
        return self.hear(self.fact(Fact.HAPPENED, day, trigger=trigger))

    def contribution(self, number: int, asked: date, due: date) -> tuple[ClockEvent, ...]:
        """A department is asked for its part."""
        return self.hear(
            self.fact(
                Fact.ASKED,
                asked,
                clock=CONTRIBUTION,
                about=f"contribution:{number}",
                number=number,
                due_on=due,
                department_id=HOUSING_DEPARTMENT,
            )
        )

    def run(self, clock: str, occurrence: int = 1) -> Run:
        """A run of a clock."""
        return self.state.runs[(clock, occurrence)]

    def due(self, clock: str, occurrence: int = 1) -> date:
        """The date of a run."""
        return self.run(clock, occurrence).due_on


def case_under(regime: str, received: date, *, today: date = LATER) -> Story:
    """A case, opened and triaged."""
    return Story(today=today).opened(received).triaged(regime, received)


def fresh(story: Story) -> Story:
    """The same day and calendar, nothing told yet."""
    return replace(story, past=(), sequence=0)


__all__ = ["INITIAL", "REASON", "Story", "case_under", "fresh", "on"]
