"""What is known of a case's clocks: facts, spans, proposals and runs, copied from events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from shared.contracts.deadlines import FactNoted

RunKey = tuple[str, int]
"""A clock's name and its occurrence."""


@dataclass(frozen=True, slots=True)
class Span:
    """A pause of one kind: `end` is the last day of it, none while it lasts."""

    regime: str
    kind: str
    start: date
    end: date | None = None
    citation: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Restarted:
    """A restart of one kind from `base_date`."""

    regime: str
    kind: str
    base_date: date
    asked_on: date | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """An extension: proposed, and in force once `notice_sent_on` is known."""

    clock: str
    occurrence: int
    number: int
    new_due_on: date
    notice_by: date
    citation: str
    notice_sent_on: date | None = None
    lapsed: bool = False

    @property
    def pending(self) -> bool:
        """Whether it still waits for its notice."""
        return self.notice_sent_on is None and not self.lapsed


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of a clock.

    Attributes:
        given_due: the date that an officer changed it to, where it has a given date.
        paused_on: since when it stands still.
        missed_on: the due date that passed unmet, as was known then.
        reminded: the rungs that fired, as (due date, offset).
    """

    regime: str
    regime_version: str
    clock: str
    occurrence: int
    about: str
    stage: str
    role: str
    base_event: str
    base_date: date
    due_on: date
    given: bool
    working: dict[str, Any]
    calendar_version: str
    department_id: UUID | None
    given_due: date | None = None
    paused_on: date | None = None
    met_on: date | None = None
    late: bool = False
    stopped: str | None = None
    missed_on: date | None = None
    reminded: frozenset[tuple[date, int]] = frozenset()

    @property
    def key(self) -> RunKey:
        """What events call it by."""
        return (self.clock, self.occurrence)

    @property
    def live(self) -> bool:
        """Whether it still waits for what meets it."""
        return self.met_on is None and self.stopped is None


@dataclass(frozen=True, slots=True)
class Clocks:
    """The clocks of one case, and everything that their dates follow from."""

    facts: tuple[FactNoted, ...] = ()
    spans: tuple[Span, ...] = ()
    restarts: tuple[Restarted, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    runs: dict[RunKey, Run] = field(default_factory=dict)

    def live(self) -> Iterator[Run]:
        """The runs that still wait for something."""
        return (run for run in self.runs.values() if run.live)

    def latest(self, regime: str, clock: str, about: str) -> Run | None:
        """The last run of a clock: of the same thing, or else of the same regime."""
        found = None
        for run in self.runs.values():
            if (run.clock, run.about) == (clock, about) and (about or run.regime == regime):
                found = run if found is None or run.occurrence > found.occurrence else found
        return found

    def lasting(self, regime: str, *kinds: str) -> Span | None:
        """The pause of one of these kinds that lasts."""
        return next(
            (
                span
                for span in self.spans
                if span.end is None and span.regime == regime and span.kind in kinds
            ),
            None,
        )

    def next_occurrence(self, clock: str) -> int:
        """The number of the next run of a clock of that name."""
        return 1 + max((occurrence for name, occurrence in self.runs if name == clock), default=0)


INITIAL = Clocks()
