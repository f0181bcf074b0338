"""What the calendar owes the clocks: to be looked at again."""

from __future__ import annotations

from datetime import date

from shared.kit.decider import Command
from shared.rules.calendar.days import Nation


class RecalculateTouched(Command):
    """Every clock that a new bank holiday may move."""

    verb = "recalculate-touched"
    on: date
    nation: Nation


class RecalculateAtSchools(Command):
    """Every open case about a school: what is known of its terms may be other than when its clocks were worked out."""

    verb = "recalculate-at-schools"
