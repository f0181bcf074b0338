"""The working of a deadline: everything that is needed to say why it is this date. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from pydantic import TypeAdapter

GIVEN = "given"


@dataclass(frozen=True, slots=True)
class NotCounted:
    """A bank holiday that the count passed over, and where it is one."""

    day: date
    name: str
    nations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoSession:
    """Days on which the school had no session, both included; so many of them were working days."""

    first_day: date
    last_day: date
    why: str
    working_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Working:
    """One deadline, worked out. It goes into events as a plain dict and prints itself years later.

    Attributes:
        base_event: what happened on `base_date`.
        rule: the arithmetic in words.
        weekend_days, not_counted: what was passed over, paused days apart.
        pauses: first and last day of each, both included; overlapping ones are one.
        paused_days: days that the pauses took out, in working days or (`month-roll`) calendar days.
        unrolled: the day before it was moved to a working day, where the rule moves it.
        act_by: the last working day up to `due`, where `due` is none and doesn't move; else None.
        school: the name of the school whose days were counted, or might have been.
        no_session: working days that weren't counted because that school had no session.
        note: what arithmetic doesn't say: which of two counts comes first, who gave the date, which extension holds.
    """

    regime: str
    regime_version: str
    clock: str
    citation: str
    arithmetic: str
    rule: str
    base_event: str
    base_date: date
    length: int
    unit: str
    calendar_version: str
    due: date
    weekend_days: int = 0
    not_counted: tuple[NotCounted, ...] = ()
    pauses: tuple[tuple[date, date], ...] = ()
    pause_citation: str | None = None
    paused_days: int = 0
    unrolled: date | None = None
    act_by: date | None = None
    school: str | None = None
    no_session: tuple[NoSession, ...] = ()
    note: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON values: dates as `YYYY-MM-DD`."""
        found: dict[str, Any] = _JSON.dump_python(self, mode="json")
        return found

    @staticmethod
    def from_dict(value: Mapping[str, Any]) -> Working:
        """The working as an event carries it."""
        return _JSON.validate_python(value)

    def lines(self) -> tuple[str, ...]:
        """Why this date, in plain English, a sentence a line."""
        return tuple(self._sentences())

    def _sentences(self) -> list[str]:
        if self.arithmetic == GIVEN:
            return [
                f"{self.regime} {self.clock}: the date was given, not counted.",
                *([self.note] if self.note else []),
                f"Rule: {self.citation} (regime version {self.regime_version}).",
                f"Due: {long(self.due)}.",
            ]
        count = f"{self.length} {self.unit} from {long(self.base_date)} ({self.base_event})"
        said = [
            f"{self.regime} {self.clock}: {count}.",
            f"Rule: {self.citation} (regime version {self.regime_version}).",
            f"Counting: {self.rule}.",
        ]
        said += [
            f"Paused: {long(start)} to {long(end)}, both included ({self.pause_citation})."
            for start, end in self.pauses
        ]
        if self.pauses:
            said.append(f"{self._pause_unit()}: {self.paused_days}.")
        if self.unrolled not in (None, self.due):
            said.append(f"The count ends on {long(self.unrolled)}, which is no working day; it moves on.")
        if self.weekend_days:
            said.append(f"Saturdays and Sundays passed over: {self.weekend_days}.")
        said += [
            f"Bank holiday passed over: {long(found.day)}, {found.name} ({', '.join(found.nations)})."
            for found in self.not_counted
        ]
        said += [
            f"No session at {self.school} ({found.why}): {_span(found.first_day, found.last_day)}; "
            f"working days passed over: {found.working_days}."
            for found in self.no_session
        ]
        if self.act_by is not None:
            said.append(
                f"That is no working day and doesn't move; the last one before it: {long(self.act_by)}."
            )
        if self.note:
            said.append(self.note)
        said += [f"Calendar: {self.calendar_version}.", f"Due: {long(self.due)}."]
        return said

    def _pause_unit(self) -> str:
        return (
            "Working days that the pause takes out"
            if self.unrolled is None
            else "Calendar days of the pause, added before the end moves to a working day"
        )


def long(day: date | None) -> str:
    """A day as in a letter, such as `Friday 4 December 2026`."""
    return "no date" if day is None else f"{day:%A} {day.day} {day:%B} {day.year}"


def _span(first: date, last: date) -> str:
    return long(first) if first == last else f"{long(first)} to {long(last)}"


_JSON: Final = TypeAdapter(Working)
