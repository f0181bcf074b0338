"""From a regime's clock and a day to a deadline with its working, or a refusal that cites the rule. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import NoReturn

from shared.rules.calendar.days import ONE_DAY, Calendar, NoSuchSchool, OutsideCalendar, Region
from shared.rules.calendar.schools import OutsideTerms
from shared.rules.regimes.arithmetic import ARITHMETICS, Counted, Paused, merged
from shared.rules.regimes.refused import NO_SUCH_SCHOOL, NO_TERM_DATES, OUTSIDE_CALENDAR, ClockRefused
from shared.rules.regimes.rules import Clock, Pause, Regime
from shared.rules.regimes.working import GIVEN, NoSession, NotCounted, Working, long


def due(
    regime: Regime,
    clock_name: str,
    base: date,
    pauses: Iterable[Paused],
    calendar: Calendar,
    *,
    received_on: date | None = None,
    base_event: str | None = None,
    school: str | None = None,
) -> Working:
    """The deadline of a clock that counts from `base`.

    `received_on` is the day of receipt where that isn't the base date (after a restart, at a later stage):
    whether a rule was in force is asked of that day. `base_event` says what happened on `base`. `school` is the
    one that the case is about, where the clock counts its days. Raises `ClockRefused`.
    """
    clock = regime.clock(clock_name)
    received = base if received_on is None else received_on
    refuse_before_force(regime, clock, received)
    paused = tuple(pauses)
    rule = pause_in_force(regime, clock, received) if paused else None
    if ARITHMETICS[clock.arithmetic].at_school:
        calendar = _at_school(regime, clock, calendar, school)
    try:
        spans: tuple[Paused, ...] = ()
        if rule is not None:
            for span in paused:
                _refuse_lapsed(regime, rule, span, calendar)
            spans = _lawful(regime, clock, rule, paused, base=base, calendar=calendar)
        counting, counted = _count(regime, clock, base, calendar, spans)
    except (OutsideCalendar, OverflowError) as error:
        raise ClockRefused(OUTSIDE_CALENDAR, _outside(regime, clock, calendar), clock.citation) from error
    except OutsideTerms as error:
        title = (
            f"{error}: add the terms that are missing to {error.school.school}.toml, in the folder of schools"
        )
        raise ClockRefused(NO_TERM_DATES, title, clock.citation) from error
    return _working(
        regime=regime,
        clock=clock,
        counting=counting,
        base=base,
        spans=spans,
        rule=rule,
        counted=counted,
        calendar=calendar,
        base_event=base_event,
    )


def given(
    regime: Regime,
    clock_name: str,
    base: date,
    day: date,
    *,
    note: str,
    calendar: Calendar,
    base_event: str | None = None,
) -> Working:
    """A date that a letter names, for a clock where the date in the letter prevails. Raises `ClockRefused`."""
    clock = regime.clock(clock_name)
    if not clock.given_date:
        raise ClockRefused(
            "no-given-date",
            f"{regime.name} {clock.name} is counted, nobody can name its date",
            clock.citation,
        )
    return as_given(regime, clock, base, day, note=note, calendar=calendar, base_event=base_event)


def as_given(
    regime: Regime,
    clock: Clock,
    base: date,
    day: date,
    *,
    note: str,
    calendar: Calendar,
    base_event: str | None = None,
) -> Working:
    """The working of a date that somebody named or agreed; the caller has checked that they may."""
    return Working(
        regime=regime.name,
        regime_version=regime.version,
        clock=clock.name,
        citation=clock.citation,
        arithmetic=GIVEN,
        rule="the date was given",
        base_event=base_event or _bases(clock),
        base_date=base,
        length=0,
        unit="days",
        calendar_version=calendar.version,
        due=day,
        act_by=_working_day_before(day, calendar),
        note=note,
    )


def refuse_before_force(regime: Regime, clock: Clock, received: date) -> None:
    """Refuses a clock for a matter received before the clock's rule was in force."""
    if clock.in_force is not None and received < clock.in_force:
        raise ClockRefused(
            "not-in-force",
            f"{regime.name} {clock.name} binds for what is received on or after {clock.in_force.isoformat()}, "
            f"not on {received.isoformat()}",
            clock.citation,
        )


def pause_in_force(regime: Regime, clock: Clock, received: date) -> Pause:
    """The pause that this clock has for a matter received that day. Raises `ClockRefused`."""
    rule = regime.pause_of(clock.name)
    if rule is None:
        raise ClockRefused("no-pause", f"nothing pauses {regime.name} {clock.name}", regime.without_pause)
    if rule.in_force is not None and not rule.holds_for(received):
        raise ClockRefused(
            "pause-not-in-force",
            f"the pause of {regime.name} {clock.name} is for what is received on or after "
            f"{rule.in_force.isoformat()}, not on {received.isoformat()}",
            rule.citation,
        )
    return rule


def refuse_open_pause(regime: Regime, clock_name: str, received: date) -> NoReturn:
    """Refuses the date of a clock that is paused and hasn't been set going again. Raises `ClockRefused`."""
    clock = regime.clock(clock_name)
    refuse_before_force(regime, clock, received)
    rule = pause_in_force(regime, clock, received)
    raise ClockRefused(
        "pause-open", f"{regime.name} {clock.name} has no date until its pause ends", rule.citation
    )


def _at_school(regime: Regime, clock: Clock, calendar: Calendar, school: str | None) -> Calendar:
    """The calendar at the school. Raises `ClockRefused` (`no-such-school`)."""
    try:
        return calendar.at(school or "")
    except NoSuchSchool as error:
        known = ", ".join(found.school for found in calendar.schools) or "none"
        title = (
            f"{regime.name} {clock.name} counts a school's days, and {error}: name one of those that there are "
            f"({known}), or add its file to the folder of schools"
        )
        raise ClockRefused(NO_SUCH_SCHOOL, title, clock.citation) from error


def _count(
    regime: Regime, clock: Clock, base: date, calendar: Calendar, spans: tuple[Paused, ...]
) -> tuple[Clock, Counted]:
    """Whichever comes first: the clock's own count, or that of the clock that it is at most; and which it is."""
    count = ARITHMETICS[clock.arithmetic].count
    if clock.at_most is None:
        return clock, count(base, clock.length, calendar, spans)
    latest = regime.clock(clock.at_most)
    plain = replace(calendar, school=None)
    try:
        cap = ARITHMETICS[latest.arithmetic].count(base, latest.length, plain, spans)
    except OutsideCalendar:  # its own count ends within the calendar, and so before, or nothing does
        return clock, count(base, clock.length, calendar, spans)
    try:
        own = count(base, clock.length, calendar, spans)
    except OutsideTerms as outside:
        if outside.day <= cap.due:
            raise
        return latest, cap
    return (clock, own) if own.due <= cap.due else (latest, cap)


def _lawful(
    regime: Regime, clock: Clock, rule: Pause, pauses: tuple[Paused, ...], *, base: date, calendar: Calendar
) -> tuple[Paused, ...]:
    """The pauses without overlap. None may begin before the clock does, or after it has run out."""
    spans = merged(pauses)
    for at, span in enumerate(spans):
        if span.start < base:
            raise ClockRefused(
                "pause-before-base",
                f"a pause can't begin on {span.start}, before the clock does on {base}",
                rule.citation,
            )
        end = _count(regime, clock, base, calendar, spans[:at])[1].due
        if span.start > end:
            raise ClockRefused(
                "pause-after-end",
                f"a pause that begins on {span.start} can't stop a clock that ran out on {end}",
                rule.citation,
            )
    return spans


def _refuse_lapsed(regime: Regime, rule: Pause, span: Paused, calendar: Calendar) -> None:
    """A pause has to end after it begins, and by the day that the law gives for it (FOIA s.9(2), EIR reg 8(5))."""
    if span.end < span.start:
        raise ClockRefused(
            "pause-reversed",
            f"a pause can't end on {span.end} before it begins on {span.start}",
            rule.citation,
        )
    if rule.end_by is None:
        return
    limit = regime.clock(rule.end_by)
    try:
        last = ARITHMETICS[limit.arithmetic].count(span.start, limit.length, calendar, ()).due
    except OutsideCalendar:
        if calendar.covers(span.start) and calendar.covers(span.end):
            return  # the limit lies beyond the calendar, and the pause before its end
        raise
    if span.end > last:
        raise ClockRefused(
            "pause-lapsed",
            f"a pause that begins on {span.start} has to end by {last}, not on {span.end}: the request has lapsed",
            f"{limit.citation}; {rule.citation}",
        )


def _working(
    *,
    regime: Regime,
    clock: Clock,
    counting: Clock,
    base: date,
    spans: tuple[Paused, ...],
    rule: Pause | None,
    counted: Counted,
    calendar: Calendar,
    base_event: str | None,
) -> Working:
    arithmetic = ARITHMETICS[counting.arithmetic]
    return Working(
        regime=regime.name,
        regime_version=regime.version,
        clock=clock.name,
        citation=counting.citation,
        arithmetic=arithmetic.name,
        rule=arithmetic.words,
        base_event=base_event or _bases(clock),
        base_date=base,
        length=counting.length,
        unit=arithmetic.unit if counting.length != 1 else arithmetic.unit.removesuffix("s"),
        calendar_version=calendar.version,
        due=counted.due,
        weekend_days=counted.weekend_days,
        not_counted=tuple(
            NotCounted(found.day, found.name, tuple(sorted(found.nations))) for found in counted.holidays
        ),
        pauses=tuple((span.start, span.end) for span in spans),
        pause_citation=rule.citation if rule else None,
        paused_days=counted.disregarded,
        unrolled=counted.unrolled,
        act_by=None if arithmetic.region else _working_day_before(counted.due, calendar),
        school=calendar.school.name if calendar.school else None,
        no_session=tuple(_no_session(base, counted.due, spans, calendar, arithmetic.region)),
        note=None if counting is clock else _at_most(clock, counting),
    )


def _no_session(
    base: date, due: date, spans: tuple[Paused, ...], calendar: Calendar, region: Region | None
) -> Iterator[NoSession]:
    """The working days after `base` that weren't counted because the school had no session, in spans by reason."""
    if calendar.school is None or region is None:
        return
    found: NoSession | None = None
    for day in (base + ONE_DAY * after for after in range(1, (due - base).days + 1)):
        if not calendar.is_working_day(day, region) or any(day in span for span in spans):
            continue
        why = calendar.school.why_closed(day)
        if found is not None and why == found.why:
            found = replace(found, last_day=day, working_days=found.working_days + 1)
            continue
        if found is not None:
            yield found
        found = None if why is None else NoSession(day, day, why, 1)
    if found is not None:
        yield found


def _at_most(clock: Clock, latest: Clock) -> str:
    own = f"{clock.length} {ARITHMETICS[clock.arithmetic].unit}"
    return f"It ends before {own} do ({clock.citation}): whichever comes first ({latest.citation})."


def _working_day_before(day: date, calendar: Calendar) -> date | None:
    try:
        before = calendar.on_or_before(day, calendar.office)
    except OutsideCalendar:
        return None
    return None if before == day else before


def _bases(clock: Clock) -> str:
    return " or ".join(trigger.words for trigger in clock.base)


def _outside(regime: Regime, clock: Clock, calendar: Calendar) -> str:
    return (
        f"{regime.name} {clock.name} can't be worked out: the calendar {calendar.version} "
        f"covers {long(calendar.first_day)} to {long(calendar.last_day)}, and no holiday is guessed"
    )
