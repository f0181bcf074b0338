"""The one clock that no regime has: a department's part of an answer, due on a day that an officer gives."""

from __future__ import annotations

from datetime import date
from typing import Final

from services.deadlines.domain.clock.names import CONTRIBUTION
from shared.rules.calendar.days import Calendar
from shared.rules.regimes.rules import Clock, Role, Rung, Trigger
from shared.rules.regimes.working import GIVEN, Working

CLOCK: Final = Clock(
    name=CONTRIBUTION,
    title="A department's part of the answer",
    stage=CONTRIBUTION,
    role=Role.DUTY,
    base=(Trigger("contribution-requested"),),
    met_by=Trigger("contribution-received"),
    length=0,
    unit="days",
    arithmetic=GIVEN,
    citation="the officer's request to the department",
    given_date=True,
    ladder=(
        Rung(offset=-2, to="officer"),
        Rung(offset=0, to="officer"),
        Rung(offset=1, to="head-of-service"),
    ),
)


def working(regime: str, version: str, asked_on: date, due_on: date, calendar: Calendar) -> Working:
    """The working of a contribution's date: it was given, whatever the regime."""
    return Working(
        regime=regime,
        regime_version=version,
        clock=CLOCK.name,
        citation=CLOCK.citation,
        arithmetic=GIVEN,
        rule="the date was given",
        base_event=str(CLOCK.base[0]),
        base_date=asked_on,
        length=0,
        unit="days",
        calendar_version=calendar.version,
        due=due_on,
        note="The officer who asked for the contribution gave this date.",
    )
