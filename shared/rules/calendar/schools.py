"""The days of one school: its terms, and the days in them on which it is closed.

A request that a governing body received is answered in school days (SI 2004/3364 reg 3; an Academy's: SI 2010/2768).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Annotated

from pydantic import StringConstraints

from shared.rules.tables import RuleFileError, Several, Some, Table, Words, parse, read


class OutsideTerms(Exception):
    """A day about which a school's terms say nothing, so that nobody guesses when the next one begins."""

    def __init__(self, day: date, school: School) -> None:
        self.day = day
        self.school = school
        known = f"{school.first_day.isoformat()} to {school.last_day.isoformat()}"
        super().__init__(
            f"the term dates of {school.name} are known from {known}, and not for {day.isoformat()}"
        )


class Closed(Table):
    """Days of a term without a session, both included; `why` ends up in the working of dates."""

    first_day: date
    last_day: date
    why: Words


class Term(Table):
    """A term; between two of them a school is closed."""

    name: Words
    first_day: date
    last_day: date
    closed: Several[Closed] = ()


class School(Table):
    """A school for whose governing body the council answers.

    Attributes:
        school: the word by which triage names it.
        version: the day on which these dates were set; deadlines name it.
        terms: one after another. Before the first and after the last nothing is known.
    """

    school: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
    name: Words
    version: date
    source: Words
    terms: Some[Term]

    @property
    def first_day(self) -> date:
        """The first day of which something is known."""
        return self.terms[0].first_day

    @property
    def last_day(self) -> date:
        """The last day of which something is known."""
        return self.terms[-1].last_day

    def why_closed(self, day: date) -> str | None:
        """Why there is no session on a weekday; None where there is one. Raises `OutsideTerms`."""
        if not self.first_day <= day <= self.last_day:
            raise OutsideTerms(day, self)
        term = next(term for term in self.terms if day <= term.last_day)
        if day < term.first_day:
            before = next(found for found in reversed(self.terms) if found.last_day < day)
            return f"between {before.name} and {term.name}"
        return next((found.why for found in term.closed if found.first_day <= day <= found.last_day), None)


def load_schools(folder: Path | None) -> tuple[School, ...]:
    """The schools of a council: a file `<school>.toml` each in a folder of its own. Raises `RuleFileError`."""
    if folder is None:
        return ()
    if not folder.is_dir():
        raise RuleFileError(f"{folder} is no folder: it has a file <school>.toml for each school")
    return tuple(
        read_school(path.stem, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml"))
    )


def read_school(name: str, text: str) -> School:
    """A school from the text of its file, which is called after it. Raises `RuleFileError`."""
    where = f"{name}.toml"
    school = read(where, parse(where, text), School)
    if wrong := [f"{where}: {fault}" for fault in _faults(name, school)]:
        raise RuleFileError("\n".join(wrong))
    return school


def _faults(name: str, school: School) -> Iterator[str]:
    if school.school != name:
        yield f"it says that it is about {school.school}"
    for term in school.terms:
        if term.last_day < term.first_day:
            yield f"term {term.name} ends before it begins"
        for days in term.closed:
            if not term.first_day <= days.first_day <= days.last_day <= term.last_day:
                yield f"term {term.name}: {days.why} from {days.first_day} to {days.last_day} isn't in it"
    for before, after in pairwise(school.terms):
        if after.first_day <= before.last_day:
            yield f"term {after.name} must begin after {before.name} has ended"
