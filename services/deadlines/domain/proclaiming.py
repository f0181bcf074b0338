"""The calendar's own stream: days that were proclaimed bank holidays after the shipped calendar was made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from shared.contracts.deadlines import BankHolidayProclaimed
from shared.kit.decider import Decider, Refused
from shared.rules.calendar.days import SATURDAY, Calendar, OutsideCalendar
from shared.rules.regimes.working import long

STREAM: Final = "calendar-england"
_ACT: Final = "Banking and Financial Dealings Act 1971 s.1(3)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proclaim:
    """A day is a bank holiday in one nation. `shipped` is the calendar of this release."""

    on: date
    nation: str
    source: str
    shipped: Calendar


Proclaimed = tuple[BankHolidayProclaimed, ...]


def calendar_of(shipped: Calendar, proclaimed: Proclaimed) -> Calendar:
    """The shipped calendar and every day proclaimed since. One that it doesn't cover is left out."""
    for event in proclaimed:
        if shipped.covers(event.on):
            shipped = shipped.with_day(event.on, event.nation, event.source)
    return shipped


def decide(command: Proclaim, state: Proclaimed) -> Proclaimed:
    """The day is proclaimed; nothing where it is a bank holiday there already.

    Raises:
        Refused: `outside-calendar`, `not-a-weekday`, `unknown-nation`.
    """
    known = calendar_of(command.shipped, state)
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
    except ValueError as error:
        raise Refused(
            "unknown-nation", f"{command.nation!r} is no nation of the United Kingdom.", _ACT
        ) from error
    if calendar == known:
        return ()
    return (
        BankHolidayProclaimed(
            on=command.on, nation=command.nation, source=command.source, calendar_version=calendar.version
        ),
    )


def evolve(state: Proclaimed, event: BankHolidayProclaimed) -> Proclaimed:
    """The days proclaimed so far."""
    return (*state, event)


CALENDAR: Decider[Proclaim, Proclaimed, BankHolidayProclaimed] = Decider(decide, evolve, ())
