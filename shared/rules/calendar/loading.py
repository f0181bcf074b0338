"""Reads calendar data: one TOML file an edition, named after its version."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from shared.rules.calendar.days import SATURDAY, BankHoliday, Calendar, Nation, Status

FILE_KEYS = {"version", "first_day", "last_day", "sources", "days"}
DAY_KEYS = {"date", "name", "nations", "source", "status"}
SOURCE_KEYS = {"title", "published"}


class CalendarFileError(Exception):
    """A calendar file says something that can't be right; the message names the place."""


@cache
def load_calendar(version: str | None = None) -> Calendar:
    """The edition of that version, or the newest. Raises `CalendarFileError`."""
    editions = {
        entry.name.removesuffix(".toml"): entry
        for entry in files("shared.rules.calendar").iterdir()
        if entry.name.endswith(".toml")
    }
    chosen = max(editions) if version is None else version
    if chosen not in editions:
        raise CalendarFileError(f"there is no calendar {chosen!r}; there are {', '.join(sorted(editions))}")
    calendar = read_calendar(editions[chosen].read_text(encoding="utf-8"))
    if calendar.version != chosen:
        raise CalendarFileError(f"the file {chosen}.toml says that it is version {calendar.version!r}")
    return calendar


def read_calendar(text: str) -> Calendar:
    """A calendar from the text of its file. Raises `CalendarFileError`."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CalendarFileError(str(error)) from error
    _exactly(table, FILE_KEYS, "the calendar")
    first, last = _date(table, "first_day"), _date(table, "last_day")
    sources: dict[str, tuple[str, date]] = {}
    for name, source in table["sources"].items():
        _exactly(source, SOURCE_KEYS, f"source {name}")
        sources[name] = (str(source["title"]), _date(source, "published"))
    days = tuple(_day(entry, sources) for entry in table["days"])
    for before, after in pairwise(days):
        if after.day <= before.day:
            raise CalendarFileError(f"{after.day} must stand once, after {before.day}")
    for day in days:
        if not first <= day.day <= last or day.day.weekday() >= SATURDAY:
            raise CalendarFileError(f"{day.day} is on a weekend or outside {first} to {last}")
    return Calendar(str(table["version"]), first, last, days)


def _day(entry: Mapping[str, Any], sources: Mapping[str, tuple[str, date]]) -> BankHoliday:
    _exactly(entry, DAY_KEYS, f"day {entry.get('date')}")
    day = _date(entry, "date")
    if entry["source"] not in sources:
        raise CalendarFileError(f"day {day} has the unknown source {entry['source']!r}")
    try:
        nations = frozenset(Nation(nation) for nation in entry["nations"])
        status = Status(entry["status"])
    except ValueError as error:
        raise CalendarFileError(f"day {day}: {error}") from error
    if not nations:
        raise CalendarFileError(f"day {day} has no nation")
    title, published = sources[entry["source"]]
    return BankHoliday(day, str(entry["name"]), nations, title, published, status)


def _exactly(table: Mapping[str, Any], keys: set[str], where: str) -> None:
    if wrong := set(table) ^ keys:
        raise CalendarFileError(f"{where}: missing or unknown {', '.join(sorted(wrong))}")


def _date(table: Mapping[str, Any], key: str) -> date:
    value = table[key]
    if type(value) is not date:
        raise CalendarFileError(f"{key} must be a date, not {value!r}")
    return value
