"""A case's clocks in specs: what was told to them, and the decider behind them.

`given(opened(day), triaged("foi", day)).when(Pause(...)).then(...)` has its past in one line. A `Story` is for what
goes on over days: a longer tale, and what chance makes of one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

import pytest

from deploy.sandbox import SCHOOLS
from services.deadlines.domain.clock import ClockDecider, Clocks, Given, clock_decider
from services.deadlines.domain.clock.hear import Hear
from services.deadlines.domain.clock.state import Run
from shared.contracts.deadlines import ClockEvent, FactNoted
from shared.kit.decider import Command, Refused
from shared.kit.events import Plain
from shared.rules.calendar import Calendar, load_calendar
from shared.rules.calendar.schools import load_schools
from shared.rules.regimes import load_regimes
from tests.unit import given_when_then
from tests.unit.deadlines import facts
from tests.unit.deadlines.facts import CUSTOMER

CASE_ID = UUID("00000000-0000-0000-0000-000000000001")
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
        return self.tell(hear(fact))

    def opened(self, day: date, *, historic: bool = False) -> Story:
        """The case is opened."""
        self.hear(facts.opened(day, historic=historic))
        return self

    def triaged(self, regime: str, received: date, school: str = "oakfield") -> Story:
        """The case goes under a regime."""
        self.hear(facts.triaged(regime, received, school=school))
        return self

    def happened(self, trigger: str, day: date) -> tuple[ClockEvent, ...]:
        """Something that clocks count from, or wait for, happened."""
        return self.hear(facts.happened(trigger, day))

    def contribution(self, number: int, asked: date, due: date) -> tuple[ClockEvent, ...]:
        """A department is asked for its part."""
        return self.hear(facts.asked_for(number, asked, due))

    def run(self, clock: str, occurrence: int = 1) -> Run:
        """A run of a clock."""
        return self.state.runs[(clock, occurrence)]

    def due(self, clock: str, occurrence: int = 1) -> date:
        """The date of a run."""
        return self.run(clock, occurrence).due_on


def case_under(regime: str, received: date, *, today: date = LATER) -> Story:
    """A case, opened and triaged."""
    return Story(today=today).opened(received).triaged(regime, received)


def hear(fact: FactNoted) -> Hear:
    """Another service recorded this."""
    return Hear(fact=fact)


def given(*told: FactNoted | Command | date | Calendar) -> given_when_then.Given[Command, Clocks, ClockEvent]:
    """The clocks of a case to which this was told, in this order.

    A date among it is the day on which it goes on, a calendar what is known of the days from there on; both hold for
    the command, too. Without a date, all of it is told later.
    """
    day = next((each for each in told if isinstance(each, date)), LATER)
    calendar = known_calendar()
    rules = clock_decider(on(day, calendar))
    past: tuple[ClockEvent, ...] = ()
    for each in told:
        match each:
            case date():
                day, rules = each, clock_decider(on(each, calendar))
            case Calendar():
                calendar, rules = each, clock_decider(on(day, each))
            case FactNoted():
                past += rules.decide(hear(each), rules.fold(past))
            case _:
                past += rules.decide(each, rules.fold(past))
    return given_when_then.given(rules, *past)


def run(
    case: given_when_then.Given[Command, Clocks, ClockEvent]
    | given_when_then.When[Command, Clocks, ClockEvent],
    clock: str = "respond",
    occurrence: int = 1,
) -> Run:
    """A run of a clock, as the case stands."""
    return case.state().runs[clock, occurrence]
