"""Something that holds from one London day to another."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict


class Term(BaseModel):
    """From `from_on` to `until_on`, both included; without an end as far as is known."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    from_on: date
    until_on: date | None = None

    def holds(self, day: date) -> bool:
        """Whether it holds on that day."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)

    def reaches(self, day: date) -> bool:
        """Whether it holds on that day or on a later one."""
        return self.until_on is None or day <= self.until_on

    def overlaps(self, from_on: date, until_on: date | None) -> bool:
        """Whether they have a day in common."""
        return self.reaches(from_on) and (until_on is None or self.from_on <= until_on)


class RoleTerm(Term):
    """A role."""

    role: str


class UnitTerm(Term):
    """Belonging to a unit, as `officer` or `head-of-service`."""

    unit_id: UUID
    position: str


class GroupTerm(Term):
    """Belonging to a group."""

    group: str


class Absence(Term):
    """Being away; `deputy` stands in."""

    deputy: UUID | None = None


T = TypeVar("T", bound=Term)


def ended(terms: Iterable[T], on: date, which: Callable[[T], bool] = lambda _: True) -> tuple[T, ...]:
    """The terms, of which `which` hold no more from that day on; one that had not begun is gone."""
    left = []
    for term in terms:
        if not (which(term) and term.reaches(on)):
            left.append(term)
        elif term.from_on < on:
            left.append(term.model_copy(update={"until_on": on - timedelta(days=1)}))
    return tuple(left)
