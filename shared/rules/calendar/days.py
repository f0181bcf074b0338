"""Working days of England and Wales, and of the United Kingdom. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from shared.rules.calendar.schools import School

ONE_DAY = timedelta(days=1)
SATURDAY = 5


class Nation(StrEnum):
    """A part of the United Kingdom that can have a bank holiday of its own."""

    ENGLAND = "england"
    WALES = "wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern-ireland"


class Region(StrEnum):
    """Whose bank holidays count: those of England and Wales, or of any nation (FOIA s.10(6))."""

    ENGLAND_AND_WALES = "england-and-wales"
    UNITED_KINGDOM = "united-kingdom"

    @property
    def nations(self) -> frozenset[Nation]:
        """The nations whose bank holidays are no working days here."""
        return NATIONS_OF[self]


NATIONS_OF = {
    Region.ENGLAND_AND_WALES: frozenset({Nation.ENGLAND, Nation.WALES}),
    Region.UNITED_KINGDOM: frozenset(Nation),
}


class Status(StrEnum):
    """`expected` days were worked out from the Act and may still be proclaimed otherwise."""

    PROCLAIMED = "proclaimed"
    EXPECTED = "expected"


class OutsideCalendar(Exception):
    """A day that the calendar says nothing about, so that nobody guesses its holidays."""

    def __init__(self, day: date | None, calendar: Calendar) -> None:
        self.day = day
        self.calendar_version = calendar.version
        asked = "the day asked for" if day is None else day.isoformat()
        super().__init__(
            f"{asked} is outside the calendar {calendar.version}, "
            f"which covers {calendar.first_day} to {calendar.last_day}"
        )


class NoSuchSchool(LookupError):
    """A school of whose days nothing is known here."""


@dataclass(frozen=True, slots=True)
class BankHoliday:
    """A weekday that is a bank holiday, Christmas Day or Good Friday in these nations.

    `source` is where that is written, `published` the day on which that source was.
    """

    day: date
    name: str
    nations: frozenset[Nation]
    source: str
    published: date | None = None
    status: Status = Status.PROCLAIMED


@dataclass(frozen=True)
class Calendar:
    """Every bank holiday from `first_day` to `last_day`, both included. Days outside are refused.

    Attributes:
        version: names this set of days, such as `england-2026-11-21`. A day proclaimed later is appended:
            `england-2026-11-21+2026-12-01.scotland`; the same additions in any order give the same name.
        office: whose working days the council's office keeps, on which its reminders leave.
        schools: those whose term dates are known.
        school: whose days of session are counted, too: see `at`.
    """

    version: str
    first_day: date
    last_day: date
    days: tuple[BankHoliday, ...]
    office: Region
    schools: tuple[School, ...] = ()
    school: School | None = None

    @cached_property
    def _by_region(self) -> Mapping[Region, Mapping[date, BankHoliday]]:
        return {
            region: {found.day: found for found in reversed(self.days) if found.nations & region.nations}
            for region in Region
        }

    def with_schools(self, schools: Iterable[School]) -> Calendar:
        """This calendar with the term dates of a council's schools."""
        return replace(self, schools=tuple(schools))

    def at(self, name: str) -> Calendar:
        """This calendar at one school, under a version that names its dates. Raises `NoSuchSchool`."""
        school = next((found for found in self.schools if found.school == name), None)
        if school is None:
            raise NoSuchSchool(
                f"there are no term dates of a school {name!r}" if name else "no school is named"
            )
        return replace(self, version=f"{self.version}+{name}.{school.version}", school=school)

    def covers(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day

    def holiday(self, day: date, region: Region) -> BankHoliday | None:
        """The bank holiday of that day in that region, if it is one. `OutsideCalendar` for unknown days."""
        if not self.covers(day):
            raise OutsideCalendar(day, self)
        return self._by_region[region].get(day)

    def is_working_day(self, day: date, region: Region) -> bool:
        """Whether the day is neither Saturday, Sunday nor a bank holiday in the region."""
        return self.holiday(day, region) is None and day.weekday() < SATURDAY

    def add_working_days(self, day: date, count: int, region: Region) -> date:
        """The working day that is `count` working days after `day` (before, if negative); `day` isn't counted."""
        step = ONE_DAY if count >= 0 else -ONE_DAY
        for _ in range(abs(count)):
            day = self._next(day, step, region)
        return day

    def on_or_after(self, day: date, region: Region) -> date:
        """The day itself if it is a working day, else the next one that is."""
        return day if self.is_working_day(day, region) else self._next(day, ONE_DAY, region)

    def on_or_before(self, day: date, region: Region) -> date:
        """The day itself if it is a working day, else the last one that was."""
        return day if self.is_working_day(day, region) else self._next(day, -ONE_DAY, region)

    def _next(self, day: date, step: timedelta, region: Region) -> date:
        for candidate in self._steps(day, step):
            if self.is_working_day(candidate, region):
                return candidate
        raise OutsideCalendar(None, self)

    def _steps(self, day: date, step: timedelta) -> Iterator[date]:
        edge = date.max if step > timedelta(0) else date.min
        while day != edge:
            day += step
            yield day

    def with_day(
        self,
        day: date,
        nation: Nation | str,
        source: str,
        *,
        name: str = "Proclaimed bank holiday",
        published: date | None = None,
    ) -> Calendar:
        """This calendar and one more bank holiday, under a version of its own.

        A day that is one in that nation already changes nothing, so that an event met twice does no harm.
        Raises `OutsideCalendar` for a day that the calendar doesn't cover and `ValueError` for an unknown nation.
        """
        nation = Nation(nation)
        if not self.covers(day):
            raise OutsideCalendar(day, self)
        if any(known.day == day and nation in known.nations for known in self.days):
            return self
        base, *added = self.version.split("+")
        added = sorted([*added, f"{day.isoformat()}.{nation.value}"])
        holiday = BankHoliday(day, name, frozenset({nation}), source, published)
        days = sorted([*self.days, holiday], key=lambda known: (known.day, sorted(known.nations)))
        return replace(self, version="+".join([base, *added]), days=tuple(days))
