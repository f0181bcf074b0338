"""Dates that other councils' and government systems promise in their own tests, and what ours are.

`arithmetic` is ours; `holidays` are those that the other system's test has, or the real ones of the region.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

EW, UK = "working-days-england-and-wales", "working-days-united-kingdom"
MONTH, DAYS = "month-roll", "days-roll"

HOCS = (
    "2020-01-01",
    "2020-04-10",
    "2020-04-13",
    "2020-05-08",
    "2020-05-25",
    "2020-08-31",
    "2020-12-25",
    "2020-12-28",
)
SPRING_2009 = ("2009-03-17", "2009-04-10", "2009-04-13")
CHRISTMAS_2008 = ("2008-12-25", "2008-12-26")
MAY_2017 = ("2017-05-29",)
SUMMER_2021 = ("2021-07-12", "2021-08-02")
MAY_2021 = ("2021-05-03", "2021-05-31")
WINTER_2023 = ("2023-11-30", "2023-12-25", "2023-12-26")
YEAR_2019 = (
    "2019-01-01",
    "2019-04-19",
    "2019-04-22",
    "2019-05-06",
    "2019-05-27",
    "2019-08-26",
    "2019-12-25",
    "2019-12-26",
)

DAY_ZERO = "they make the Monday after a weekend receipt day 0; FOIA s.10(6) and the ICO make it day 1"
ASSIGNED = "they count the day of assignment itself; a period after a day begins on the next one"
ONE_NATION = "they leave out 12 July (Northern Ireland); FOIA s.10(6) excludes it in any part of the UK"
TWO_NATIONS = "they leave out 12 July (Northern Ireland) and 2 August (Scotland); FOIA s.10(6) excludes both"
STOPPED = "they leave out the day of the answer; UK GDPR Art 12A(5) pauses both days, and none before 5 February 2026"


@dataclass(frozen=True)
class Peer:
    """One date: theirs, ours, and why they differ where they do."""

    id: str
    arithmetic: str
    base: date
    length: int
    holidays: tuple[str, ...]
    theirs: date
    ours: date
    why: str = ""
    paused: tuple[str, str] | None = None

    @property
    def agree(self) -> bool:
        return self.theirs == self.ours


def _peer(  # noqa: PLR0917  a row of a table
    name: str, arithmetic: str, base: str, length: int, holidays: tuple[str, ...], theirs: str, *rest: str
) -> Peer:
    ours, why = rest or (theirs, "")
    day = date.fromisoformat
    return Peer(name, arithmetic, day(base), length, holidays, day(theirs), day(ours), why)


PEERS = (
    _peer("H1", EW, "2020-08-17", 20, HOCS, "2020-09-15"),
    _peer("H2", EW, "2020-01-04", 20, HOCS, "2020-02-03", "2020-01-31", DAY_ZERO),
    _peer("H3", EW, "2020-02-01", 20, HOCS, "2020-03-02", "2020-02-28", DAY_ZERO),
    _peer("A1", UK, "2008-10-01", 20, (), "2008-10-29"),
    _peer("A2", UK, "2007-02-01", 20, (), "2007-03-01"),
    _peer("A3", UK, "2008-02-01", 20, (), "2008-02-29"),
    _peer("A4", UK, "2009-03-12", 20, SPRING_2009, "2009-04-14"),
    _peer("A5", UK, "2009-03-13", 20, SPRING_2009, "2009-04-15"),
    _peer("A6", UK, "2009-03-14", 20, SPRING_2009, "2009-04-15"),
    _peer("A7", UK, "2009-03-15", 20, SPRING_2009, "2009-04-15"),
    _peer("A8", UK, "2009-03-16", 20, SPRING_2009, "2009-04-16"),
    _peer("A9", DAYS, "2008-10-01", 20, (), "2008-10-21"),
    _peer("A10", DAYS, "2008-10-05", 20, (), "2008-10-27"),
    _peer("A11", DAYS, "2008-10-06", 20, (), "2008-10-27"),
    _peer("A12", DAYS, "2008-12-04", 20, CHRISTMAS_2008, "2008-12-24"),
    _peer("A13", DAYS, "2008-12-05", 20, CHRISTMAS_2008, "2008-12-29"),
    _peer("M1", UK, "2017-05-18", 20, MAY_2017, "2017-06-16"),
    _peer("M2", UK, "2017-05-18", 10, MAY_2017, "2017-06-02"),
    _peer("M3", UK, "2017-05-18", 3, MAY_2017, "2017-05-23"),
    _peer("M4", UK, "2017-05-18", 30, MAY_2017, "2017-06-30"),
    _peer("M5", UK, "2017-05-18", 20, MAY_2017, "2017-06-15", "2017-06-16", ASSIGNED),
    _peer("M6", UK, "2017-05-18", 10, MAY_2017, "2017-06-01", "2017-06-02", ASSIGNED),
    _peer("M7", UK, "2021-07-03", 20, SUMMER_2021, "2021-07-30", "2021-08-03", TWO_NATIONS),
    _peer("M8", UK, "2021-07-03", 10, SUMMER_2021, "2021-07-16", "2021-07-19", ONE_NATION),
    _peer("M9", UK, "2021-07-03", 3, SUMMER_2021, "2021-07-07"),
    _peer("M10", UK, "2021-05-01", 20, MAY_2021, "2021-06-01"),
    _peer("M11", UK, "2023-11-27", 20, WINTER_2023, "2023-12-28"),
    _peer("M12", UK, "2023-11-27", 10, WINTER_2023, "2023-12-12"),
    _peer("M13", UK, "2023-11-27", 3, WINTER_2023, "2023-12-01"),
    _peer("M14", MONTH, "2019-09-27", 1, YEAR_2019, "2019-10-28"),
    _peer("M15", MONTH, "2019-04-06", 1, YEAR_2019, "2019-05-07"),
    _peer("M16", MONTH, "2019-08-27", 2, YEAR_2019, "2019-10-28"),
    _peer("M17", MONTH, "2019-09-26", 3, YEAR_2019, "2019-12-27"),
    Peer(
        "M19",
        MONTH,
        date(2025, 11, 1),
        1,
        (),
        date(2025, 12, 2),
        date(2025, 12, 3),
        STOPPED,
        ("2025-11-05", "2025-11-06"),
    ),
)
# M18 names no year: 31 January and one month, in every year of the calendar.
LAST_OF_FEBRUARY = "M18"
