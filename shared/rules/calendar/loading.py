"""Reads calendar data: one TOML file an edition, named after its version."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files
from itertools import pairwise

from pydantic import Field

from shared.rules.calendar.days import SATURDAY, BankHoliday, Calendar, Nation, Status
from shared.rules.tables import OneOf, RuleFileError, Some, Table, Words, parse, read


class _Source(Table):
    title: Words
    published: date


class _Day(Table):
    day: date = Field(validation_alias="date")
    name: Words
    nations: Some[OneOf[Nation]]
    source: Words
    status: OneOf[Status]


class _Edition(Table):
    version: Words
    first_day: date
    last_day: date
    sources: dict[str, _Source]
    days: Some[_Day]


@cache
def load_calendar(version: str | None = None) -> Calendar:
    """The edition of that version, or the newest. Raises `RuleFileError`."""
    editions = {
        entry.name.removesuffix(".toml"): entry
        for entry in files("shared.rules.calendar").iterdir()
        if entry.name.endswith(".toml")
    }
    chosen = max(editions) if version is None else version
    if chosen not in editions:
        raise RuleFileError(f"there is no calendar {chosen!r}; there are {', '.join(sorted(editions))}")
    calendar = read_calendar(f"{chosen}.toml", editions[chosen].read_text(encoding="utf-8"))
    if calendar.version != chosen:
        raise RuleFileError(f"{chosen}.toml: it says that it is version {calendar.version!r}")
    return calendar


def read_calendar(where: str, text: str) -> Calendar:
    """A calendar from the text of its file. `where` names the file in errors. Raises `RuleFileError`."""
    edition = read(where, parse(where, text), _Edition)
    for before, after in pairwise(edition.days):
        if after.day <= before.day:
            raise RuleFileError(f"{where}: {after.day} must stand once, after {before.day}")
    for found in edition.days:
        if not edition.first_day <= found.day <= edition.last_day or found.day.weekday() >= SATURDAY:
            raise RuleFileError(
                f"{where}: {found.day} is on a weekend or outside {edition.first_day} to {edition.last_day}"
            )
        if found.source not in edition.sources:
            raise RuleFileError(f"{where}: {found.day} has the unknown source {found.source!r}")
    return Calendar(
        edition.version,
        edition.first_day,
        edition.last_day,
        tuple(_holiday(found, edition.sources[found.source]) for found in edition.days),
    )


def _holiday(found: _Day, source: _Source) -> BankHoliday:
    return BankHoliday(
        found.day, found.name, frozenset(found.nations), source.title, source.published, found.status
    )
