"""On which days a ladder's reminders fall. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shared.rules.calendar.days import Calendar, OutsideCalendar
from shared.rules.regimes.rules import Clock, Rung


@dataclass(frozen=True, slots=True)
class RungDate:
    """A rung and the working day on which it is due."""

    on: date
    rung: Rung


def rung_dates(clock: Clock, due: date, calendar: Calendar) -> tuple[RungDate, ...]:
    """The ladder of a clock whose date is `due`, in order.

    Reminders go out on working days of the office, whatever the clock counts: up to the due date the
    days are counted back from the last working day that isn't after it, later ones forward from the due date.
    A rung that falls outside the calendar is left out; a longer calendar recalculates the clock.
    """
    placed = []
    for rung in clock.ladder:
        try:
            start = due if rung.offset > 0 else calendar.on_or_before(due, calendar.office)
            placed.append(RungDate(calendar.add_working_days(start, rung.offset, calendar.office), rung))
        except OutsideCalendar:
            continue
    return tuple(placed)


def reached(ladder: tuple[RungDate, ...], today: date) -> RungDate | None:
    """The highest rung that has come by today: a ladder that starts late fires only this one."""
    return next((placed for placed in reversed(ladder) if placed.on <= today), None)
