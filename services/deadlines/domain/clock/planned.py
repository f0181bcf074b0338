"""A clock that a case ought to have, or one of which no date can be said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.deadlines.domain.clock.state import Span
from shared.rules.regimes.refused import NO_SUCH_SCHOOL, NO_TERM_DATES, OUTSIDE_CALENDAR, ClockRefused
from shared.rules.regimes.rules import Role
from shared.rules.regimes.working import Working

_NOT_IN_FORCE = "not-in-force"
Identity = tuple[str, str, str]


class UnknownSchool(LookupError):
    """A case is about a school of which this process knows nothing: its file is missing here."""


def identity(regime: str, clock: str, about: str) -> Identity:
    """What tells a clock from the others of a case: what it is about, or else its regime."""
    return ("" if about else regime, clock, about)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A clock that ought to be there.

    Attributes:
        number: its occurrence, where that is given.
        met_on: what it waits for happened that day.
        paused: the pause that lasts, if one does; what met the clock meanwhile is never late.
        end: why it stops, where the case or the matter ended, or the clock that it stands behind started, before
            anything met it.
    """

    regime: str
    regime_version: str
    clock: str
    about: str = ""
    number: int | None = None
    stage: str
    role: Role
    working: Working
    given: bool = False
    department_id: UUID | None = None
    met_on: date | None = None
    paused: Span | None = None
    end: str | None = None

    @property
    def late(self) -> bool:
        """Whether what met it came after its date."""
        waited = self.paused is not None and self.paused.start <= self.working.due
        return self.met_on is not None and self.met_on > self.working.due and not waited

    @property
    def identity(self) -> Identity:
        """Which run of a case it is, however often it ran."""
        return identity(self.regime, self.clock, self.about)


@dataclass(frozen=True, slots=True)
class Beyond:
    """A clock whose date lies beyond the calendar or the school's terms: none is guessed, and one that it has stays."""

    identity: Identity
    refused: ClockRefused


def none_or_beyond(refused: ClockRefused, which: Identity) -> Beyond | None:
    """No clock: its rule wasn't in force, or the calendar, or what is known of the school's terms, ends before.

    Raises `UnknownSchool`.
    """
    if refused.code in {OUTSIDE_CALENDAR, NO_TERM_DATES}:
        return Beyond(which, refused)
    if refused.code == NO_SUCH_SCHOOL:
        raise UnknownSchool(refused.title) from refused
    if refused.code == _NOT_IN_FORCE:
        return None
    raise refused
