"""A case's clocks in specs: what was told to them, and the decider behind them.

`given(opened(day), triaged("foi", day)).when(Pause(...)).then(...)` has its past in one line. A `Story` is for a
past that nobody knows beforehand: what chance makes of a case, and what another service decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from deploy.sandbox import SCHOOLS
from services.deadlines.domain.clock import ClockDecider, Clocks, Given, clock_decider
from services.deadlines.domain.clock.hear import Hear
from services.deadlines.domain.clock.state import Run
from shared.contracts.deadlines import ClockEvent, FactNoted
from shared.kit.decider import Command
from shared.rules.calendar import Calendar, load_calendar
from shared.rules.calendar.schools import load_schools
from shared.rules.regimes import load_regimes
from tests.unit import given_when_then

CASE_ID = UUID("00000000-0000-0000-0000-000000000001")
LATER = date(2027, 6, 1)
REASON = "More to find out"
"""A reason, as an officer writes it."""


def on(today: date, calendar: Calendar | None = None) -> Given:
    """The circumstances of that day."""
    return Given(today=today, calendar=calendar or known_calendar(), regimes=load_regimes(), case_id=CASE_ID)


def known_calendar() -> Calendar:
    """The calendar with the made-up school."""
    return load_calendar().with_schools(load_schools(SCHOOLS))


@dataclass
class Story:
    """A case's clocks, and what was told to them so far."""

    today: date = LATER
    past: tuple[ClockEvent, ...] = ()

    @property
    def given(self) -> Given:
        """Today's circumstances."""
        return on(self.today)

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

    def hear(self, *recorded: FactNoted) -> Story:
        """Another service recorded this."""
        for fact in recorded:
            self.tell(hear(fact))
        return self

    def run(self, clock: str, occurrence: int = 1) -> Run:
        """A run of a clock."""
        return self.state.runs[(clock, occurrence)]

    def due(self, clock: str, occurrence: int = 1) -> date:
        """The date of a run."""
        return self.run(clock, occurrence).due_on


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
