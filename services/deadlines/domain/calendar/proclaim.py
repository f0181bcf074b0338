"""A day becomes a bank holiday in one nation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from services.deadlines.domain.calendar.state import Proclaimed, calendar_of
from shared.contracts.deadlines import BankHolidayProclaimed
from shared.kit.decider import Refused
from shared.rules.calendar.days import SATURDAY, Calendar, OutsideCalendar
from shared.rules.regimes.working import long

_ACT: Final = "Banking and Financial Dealings Act 1971 s.1(3)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proclaim:
    """A day is a bank holiday in one nation. `shipped` is the calendar of this release."""

    on: date
    nation: str
    source: str
    shipped: Calendar


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
