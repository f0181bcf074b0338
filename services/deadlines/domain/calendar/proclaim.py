"""A day becomes a bank holiday in one nation."""

from __future__ import annotations

from datetime import date
from typing import Final

from pydantic import Field

from services.deadlines.domain.calendar.state import Proclaimed, calendar_of
from shared.contracts.deadlines import BankHolidayProclaimed
from shared.kit.decider import Command, Line, Refused, Slice
from shared.rules.calendar.days import SATURDAY, Calendar, Nation, OutsideCalendar
from shared.rules.regimes.working import long

_ACT: Final = "Banking and Financial Dealings Act 1971 s.1(3)"


class Proclaim(Command):
    """A weekday is a bank holiday in one nation."""

    verb = "proclaim"
    on: date
    nation: Nation
    source: Line = Field(description="Where that is proclaimed.")


def decide(command: Proclaim, state: Proclaimed, shipped: Calendar) -> Proclaimed:
    """The day is proclaimed; nothing where it is a bank holiday there already.

    Raises:
        Refused: `outside-calendar`, `not-a-weekday`.
    """
    known = calendar_of(shipped, state)
    if command.on.weekday() >= SATURDAY:
        raise Refused(
            "not-a-weekday",
            f"{long(command.on)} is no weekday and stops no clock: proclaim its substitute day.",
            _ACT,
        )
    try:
        calendar = known.with_day(command.on, command.nation, command.source)
    except OutsideCalendar as outside:
        raise Refused("outside-calendar", f"{outside}.", _ACT) from outside
    if calendar == known:
        return ()
    return (
        BankHolidayProclaimed(
            on=command.on,
            nation=command.nation.value,
            source=command.source,
            calendar_version=calendar.version,
        ),
    )


PROCLAIM: Final = Slice(Proclaim, decide)
