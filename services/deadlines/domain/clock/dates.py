"""From what is known of one clock to its date: pauses, then what an extension adds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from services.deadlines.domain.clock.state import Proposal, Span
from shared.rules.calendar.days import ONE_DAY, Calendar
from shared.rules.regimes import due_date
from shared.rules.regimes.arithmetic import ARITHMETICS, Paused, merged
from shared.rules.regimes.refused import ClockRefused
from shared.rules.regimes.rules import Clock, Counts, Regime
from shared.rules.regimes.working import Working, long

_MOOT = frozenset({"pause-after-end", "pause-before-base"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What one clock's date follows from.

    Attributes:
        received_on: the day of receipt, which decides whether a rule is in force.
        school: whose days count, where the clock counts a school's.
        spans: the ended pauses of this clock.
        extension: the extension that holds, if one does.
    """

    regime: Regime
    clock: Clock
    base_event: str
    base_date: date
    received_on: date
    school: str | None = None
    spans: tuple[Paused, ...] = ()
    extension: Proposal | None = None


def pauses_of(
    spans: Iterable[Span], regime: Regime, clock: str, *, received_on: date, until: date | None
) -> tuple[Paused, ...]:
    """The pauses of a clock, of those that a matter received that day has.

    One that lasts ends on `until`, or isn't taken out yet where that is none.
    """
    rule = regime.pause_of(clock)
    if rule is None or not rule.holds_for(received_on):
        return ()
    found = []
    for span in spans:
        if (span.regime, span.kind) != (regime.name, rule.name):
            continue
        end = span.end or until
        if end is not None and end >= span.start:
            found.append(Paused(span.start, end))
    return merged(found)


def worked_out(basis: Basis, calendar: Calendar) -> Working:
    """The clock's date with its working. Raises `ClockRefused` (`not-in-force`, `outside-calendar`)."""
    own = own_date(basis, basis.clock, calendar)
    if basis.extension is None or basis.extension.notice_sent_on is None:
        return own
    told = basis.extension
    day = _pushed(basis, told, calendar)
    latest = ceiling(basis, calendar)
    if latest is not None:
        day = min(day, latest.due)
    if day <= own.due:
        return own
    note = f"Extended from {long(own.due)} to {long(told.new_due_on)} by {told.citation}; "
    note += f"the customer was told on {long(told.notice_sent_on)}."
    if day != told.new_due_on:
        note += f" A later pause moved it to {long(day)}."
    extended = due_date.as_given(
        basis.regime,
        basis.clock,
        basis.base_date,
        day,
        note=note,
        calendar=calendar,
        base_event=basis.base_event,
    )
    return replace(
        extended, pauses=own.pauses, pause_citation=own.pause_citation, paused_days=own.paused_days
    )


def as_recorded(regime: Regime, clock: str, base: tuple[str, date], day: date, calendar: Calendar) -> Working:
    """A date that somebody gave and an officer recorded; `base` is what the clock counts from, and its day."""
    base_event, base_date = base
    note = f"An officer recorded {long(day)} as the date that was given."
    return due_date.given(regime, clock, base_date, day, note=note, calendar=calendar, base_event=base_event)


def ceiling(basis: Basis, calendar: Calendar) -> Working | None:
    """The latest date that the law allows; none where it names none (agreement, or guidance only)."""
    extension = basis.regime.extension_of(basis.clock.name)
    if extension is None or extension.ceiling is None or extension.guidance_only:
        return None
    return own_date(basis, basis.regime.clock(extension.ceiling), calendar)


def own_date(basis: Basis, clock: Clock, calendar: Calendar) -> Working:
    """The date of one of the regime's clocks from this base, without any extension.

    Of the pauses those count that stop the clock while it runs: one from before a restart, or from after the
    clock's own end (in the time that an extension gave), takes nothing out of it.
    """
    spans = tuple(
        Paused(max(span.start, basis.base_date), span.end)
        for span in (basis.spans if basis.regime.pause_of(clock.name) else ())
        if span.end >= basis.base_date
    )
    for count in range(len(spans), 0, -1):
        try:
            return _due(basis, clock, spans[:count], calendar)
        except ClockRefused as refused:
            if refused.code not in _MOOT:
                raise
    return _due(basis, clock, (), calendar)


def _due(basis: Basis, clock: Clock, spans: Sequence[Paused], calendar: Calendar) -> Working:
    return due_date.due(
        basis.regime,
        clock.name,
        basis.base_date,
        spans,
        calendar,
        received_on=basis.received_on,
        base_event=basis.base_event,
        school=basis.school,
    )


def _pushed(basis: Basis, told: Proposal, calendar: Calendar) -> date:
    """The date that the customer was told, moved by the days that the clock stood still after that."""
    assert told.notice_sent_on is not None
    arithmetic = ARITHMETICS[basis.clock.arithmetic]
    region = arithmetic.region or calendar.office
    day = told.new_due_on
    for span in basis.spans:
        start = max(span.start, told.notice_sent_on + ONE_DAY)
        if span.end < start or start > day:
            continue
        if arithmetic.pausable is Counts.WORKING_DAYS:
            still = sum(calendar.is_working_day(found, region) for found in _days(start, span.end))
            day = calendar.add_working_days(day, still, region)
        else:
            day += Paused(start, span.end).days * ONE_DAY
    moved = arithmetic.pausable is Counts.CALENDAR_DAYS and day != told.new_due_on
    return calendar.on_or_after(day, region) if moved else day


def _days(start: date, end: date) -> Iterable[date]:
    return (start + timedelta(days=offset) for offset in range((end - start).days + 1))
