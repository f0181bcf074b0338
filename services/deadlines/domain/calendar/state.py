"""The days that were proclaimed bank holidays after the shipped calendar was made."""

from __future__ import annotations

from shared.contracts.deadlines import BankHolidayProclaimed
from shared.rules.calendar.days import Calendar

Proclaimed = tuple[BankHolidayProclaimed, ...]


def calendar_of(shipped: Calendar, proclaimed: Proclaimed) -> Calendar:
    """The shipped calendar and every day proclaimed since. One that it doesn't cover is left out."""
    for event in proclaimed:
        if shipped.covers(event.on):
            shipped = shipped.with_day(event.on, event.nation, event.source)
    return shipped


def evolve(state: Proclaimed, event: BankHolidayProclaimed) -> Proclaimed:
    """The days proclaimed so far."""
    return (*state, event)
