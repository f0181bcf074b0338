"""The eight ways to count from a day to a deadline. Pure.

The regime picks the arithmetic, never the wording: "one month beginning with" is the corresponding date for
a subject access request (ICO; Reg (EEC) 1182/71 Art 3) and the day before it for the LGA 1974.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from shared.rules.calendar.days import ONE_DAY, SATURDAY, BankHoliday, Calendar, Region
from shared.rules.regimes.rules import Counts

MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True, order=True)
class Paused:
    """Days on which a clock stood still, both included."""

    start: date
    end: date

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    @property
    def days(self) -> int:
        """Calendar days, both ends included."""
        return (self.end - self.start).days + 1


@dataclass(frozen=True, slots=True)
class Counted:
    """The answer, and what was passed over on the way to it.

    Attributes:
        unrolled: the day that the count led to, where the rule then moves to a working day.
        weekend_days, holidays: days not counted, or rolled over.
        disregarded: paused days in the unit of the pause.
    """

    due: date
    unrolled: date | None = None
    weekend_days: int = 0
    holidays: tuple[BankHoliday, ...] = ()
    disregarded: int = 0


Count = Callable[[date, int, Calendar, Sequence[Paused]], Counted]


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """One of the eight, under the name that the regimes use.

    Attributes:
        unit: of the length: `working days`, `days` or `months`.
        words: how a person would say the rule.
        region: whose working days it uses, None where it uses none.
        pausable: what a pause takes out of it, None where nothing can.
        at_school: it counts by the calendar at the case's school.
    """

    name: str
    unit: str
    words: str
    count: Count
    region: Region | None = None
    pausable: Counts | None = None
    at_school: bool = False


def merged(pauses: Iterable[Paused]) -> tuple[Paused, ...]:
    """The same days as spans in order that don't overlap, so that no day counts twice."""
    spans: list[Paused] = []
    for span in sorted(pauses):
        if spans and span.start <= spans[-1].end:
            spans[-1] = Paused(spans[-1].start, max(spans[-1].end, span.end))
        else:
            spans.append(span)
    return tuple(spans)


def working_days(
    region: Region, base: date, length: int, calendar: Calendar, pauses: Sequence[Paused]
) -> Counted:
    """`length` working days after `base`, which is day 0 whatever the weekday; paused days aren't counted.

    By the calendar at a school only its days of session are counted. Raises `OutsideTerms`.
    """
    school = calendar.school
    day, left, weekend_days, disregarded = base, length, 0, 0
    holidays: list[BankHoliday] = []
    while left:
        day += ONE_DAY
        holiday = calendar.holiday(day, region)
        if day.weekday() >= SATURDAY:
            weekend_days += 1
        elif holiday is not None:
            holidays.append(holiday)
        elif any(day in span for span in pauses):
            disregarded += 1
        elif school is None or school.why_closed(day) is None:
            left -= 1
    return Counted(day, None, weekend_days, tuple(holidays), disregarded)


def month_roll(base: date, length: int, calendar: Calendar, pauses: Sequence[Paused]) -> Counted:
    """The corresponding date, plus the paused days, then on to a working day."""
    disregarded = sum(span.days for span in pauses)
    unrolled = corresponding(base, length) + timedelta(days=disregarded)
    return _rolled(unrolled, calendar, disregarded)


def days_roll(base: date, length: int, calendar: Calendar, _pauses: Sequence[Paused]) -> Counted:
    """`length` days after `base`, then on to a working day."""
    return _rolled(base + timedelta(days=length), calendar)


def month_inclusive(base: date, length: int, _calendar: Calendar, _pauses: Sequence[Paused]) -> Counted:
    """Months that begin with `base`: the day before the corresponding date, or a shorter month's last day."""
    end = corresponding(base, length)
    return Counted(end - ONE_DAY if end.day == base.day else end)


def months_after(base: date, length: int, _calendar: Calendar, _pauses: Sequence[Paused]) -> Counted:
    """The corresponding date, or a shorter month's last day, on whatever weekday."""
    return Counted(corresponding(base, length))


def days_after(base: date, length: int, _calendar: Calendar, _pauses: Sequence[Paused]) -> Counted:
    """`length` days after `base`, on whatever weekday."""
    return Counted(base + timedelta(days=length))


def corresponding(base: date, months: int) -> date:
    """The same day of the month so many months later (earlier, if negative), or the last day of a shorter month."""
    years, month = divmod(base.month - 1 + months, MONTHS_A_YEAR)
    year = base.year + years
    if year > date.max.year:
        raise OverflowError(f"year {year} is out of range")
    return date(year, month + 1, min(base.day, monthrange(year, month + 1)[1]))


def _rolled(unrolled: date, calendar: Calendar, disregarded: int = 0) -> Counted:
    region = Region.ENGLAND_AND_WALES
    due, weekend_days = unrolled, 0
    holidays: list[BankHoliday] = []
    while not calendar.is_working_day(due, region):
        holiday = calendar.holiday(due, region)
        if due.weekday() >= SATURDAY:
            weekend_days += 1
        elif holiday is not None:
            holidays.append(holiday)
        due += ONE_DAY
    return Counted(due, unrolled, weekend_days, tuple(holidays), disregarded)


ARITHMETICS: Mapping[str, Arithmetic] = {
    kind.name: kind
    for kind in (
        Arithmetic(
            "working-days-england-and-wales",
            "working days",
            "day 1 is the next working day; bank holidays of England and Wales aren't counted",
            partial(working_days, Region.ENGLAND_AND_WALES),
            Region.ENGLAND_AND_WALES,
            Counts.WORKING_DAYS,
        ),
        Arithmetic(
            "working-days-united-kingdom",
            "working days",
            "day 1 is the next working day; bank holidays in any part of the United Kingdom aren't counted",
            partial(working_days, Region.UNITED_KINGDOM),
            Region.UNITED_KINGDOM,
            Counts.WORKING_DAYS,
        ),
        Arithmetic(
            "school-days",
            "school days",
            "day 1 is the next day of session; neither days without a session at the school nor bank holidays "
            "in any part of the United Kingdom are counted",
            partial(working_days, Region.UNITED_KINGDOM),
            Region.UNITED_KINGDOM,
            Counts.WORKING_DAYS,
            at_school=True,
        ),
        Arithmetic(
            "month-roll",
            "months",
            "ends on the corresponding date, or the last day of a shorter month; "
            "one that is no working day moves to the next that is",
            month_roll,
            Region.ENGLAND_AND_WALES,
            Counts.CALENDAR_DAYS,
        ),
        Arithmetic(
            "days-roll",
            "days",
            "day 1 is the next day; an end that is no working day moves to the next that is",
            days_roll,
            Region.ENGLAND_AND_WALES,
        ),
        Arithmetic(
            "month-inclusive",
            "months",
            "the first day counts, so it ends the day before the corresponding date, "
            "or on the last day of a shorter month; it doesn't move",
            month_inclusive,
        ),
        Arithmetic(
            "months-after",
            "months",
            "ends on the corresponding date, or the last day of a shorter month; it doesn't move",
            months_after,
        ),
        Arithmetic("days-after", "days", "day 1 is the next day; the end doesn't move", days_after),
    )
}
