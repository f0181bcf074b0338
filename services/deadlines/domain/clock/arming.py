"""Which timers an event of a clock arms, and for when. Pure: the event says everything.

A timer looks again when it goes off: one that an event has made stale does no harm.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from services.deadlines.domain.clock.command import TimerCommand
from services.deadlines.domain.clock.given import RegimeBook
from services.deadlines.domain.clock.lapse import Lapse
from services.deadlines.domain.clock.pass_due import PassDue
from services.deadlines.domain.clock.remind import Remind
from shared.contracts.deadlines import ClockStarted, DueDateMoved, ExtensionProposed
from shared.rules.calendar.days import ONE_DAY, Calendar
from shared.rules.calendar.london import london_day, start_of
from shared.rules.calendar.office_hours import OfficeHours
from shared.rules.regimes.ladder import reached, rung_dates
from shared.rules.regimes.rules import Clock


@dataclass(frozen=True, slots=True)
class Timer:
    """A command for later. `mark` tells it from the other timers of the same event."""

    command: TimerCommand
    mark: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Arming:
    """What timers are armed by: today's calendar, the office's hours, the regimes."""

    calendar: Calendar
    hours: OfficeHours
    regimes: RegimeBook


def armed(
    event: ClockStarted | DueDateMoved | ExtensionProposed, recorded_at: datetime, by: Arming
) -> tuple[Timer, ...]:
    """The timers of a clock's date: its ladder in office hours, and the end of its last day.

    A ladder that starts late (the clock was recorded after a rung's day) begins with the highest rung passed.
    """
    if event.historic:
        return ()
    if isinstance(event, ExtensionProposed):
        return (_lapse(event),)
    clock = _clock(event, by.regimes)
    if not clock.role.owed:
        return ()
    return (*_ladder(event, clock, recorded_at, by), _pass_due(event))


def _ladder(
    event: ClockStarted | DueDateMoved, clock: Clock, recorded_at: datetime, by: Arming
) -> Iterator[Timer]:
    ladder = rung_dates(clock, event.due_on, by.calendar)
    last = reached(ladder, london_day(recorded_at))
    for placed in ladder:
        if last is not None and placed.rung.offset < last.rung.offset:
            continue
        offset = placed.rung.offset
        command = Remind(clock=event.clock, occurrence=event.occurrence, due_on=event.due_on, offset=offset)
        opening = by.hours.on(placed.on, by.calendar)
        at = opening if opening > recorded_at else by.hours.opening(recorded_at, by.calendar)
        yield Timer(command, f"rung {offset}", at)


def _pass_due(event: ClockStarted | DueDateMoved) -> Timer:
    command = PassDue(clock=event.clock, occurrence=event.occurrence, due_on=event.due_on)
    return Timer(command, "due", start_of(event.due_on + ONE_DAY))


def _lapse(event: ExtensionProposed) -> Timer:
    command = Lapse(clock=event.clock, occurrence=event.occurrence, proposal=event.proposal)
    return Timer(command, "notice", start_of(event.notice_by + ONE_DAY))


def _clock(event: ClockStarted | DueDateMoved, regimes: RegimeBook) -> Clock:
    return regimes.version(event.working["regime"], event.working["regime_version"]).clock(event.clock)
