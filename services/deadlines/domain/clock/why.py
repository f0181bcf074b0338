"""Why this date? The working of each clock, and everything that has happened to it since, from its events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from services.deadlines.domain.clock.names import CONTRIBUTION, SUPERSEDED, MovedBy
from services.deadlines.domain.clock.state import RunKey
from shared.contracts.deadlines import (
    ClockPaused,
    ClockRestarted,
    ClockResumed,
    ClockStarted,
    ClockStopped,
    DueDateMoved,
    Extended,
    ExtensionLapsed,
    ExtensionProposed,
    FoundMet,
    Met,
    Missed,
)
from shared.kit.events import Envelope, Event
from shared.rules.calendar.london import london_day
from shared.rules.regimes.working import Working, long

_OF_ONE = (
    DueDateMoved | Missed | Met | FoundMet | ClockStopped | Extended | ExtensionLapsed | ExtensionProposed
)
_BECAUSE = {
    MovedBy.PAUSED: "a pause ended",
    MovedBy.EXTENDED: "it was extended",
    MovedBy.RESTARTED: "the clock was started anew",
    MovedBy.REBASED: "the day that it counts from is another one",
    MovedBy.RECALCULATED: "other days are counted",
    MovedBy.GIVEN: "another date was given",
}


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened to a clock, and the London day on which it was recorded."""

    recorded_on: date
    text: str


@dataclass(frozen=True, slots=True)
class Why:
    """A run of a clock, explained."""

    clock: str
    occurrence: int
    regime: str
    due_on: date
    working: dict[str, Any]
    steps: tuple[Step, ...]
    live: bool = True

    @property
    def lines(self) -> tuple[str, ...]:
        """In plain English, a sentence a line."""
        title = f"{self.clock}, number {self.occurrence}" if self._counted else self.clock
        return (
            f"{title}: {long(self.due_on)}",
            *Working.from_dict(self.working).lines(),
            *(f"{step.recorded_on.isoformat()}  {step.text}" for step in self.steps),
        )

    @property
    def _counted(self) -> bool:
        return self.occurrence > 1 or self.clock == CONTRIBUTION

    def as_dict(self) -> dict[str, Any]:
        """The same as JSON."""
        return {
            "clock": self.clock,
            "occurrence": self.occurrence,
            "regime": self.regime,
            "due_on": self.due_on.isoformat(),
            "working": self.working,
            "steps": [
                {"recorded_on": step.recorded_on.isoformat(), "text": step.text} for step in self.steps
            ],
            "lines": list(self.lines),
        }


def why(past: Iterable[tuple[Envelope, Event]]) -> tuple[Why, ...]:
    """Every run of every clock of a case, in the order in which they started."""
    found: dict[RunKey, Why] = {}
    for envelope, event in past:
        day = london_day(envelope.recorded_at)
        if isinstance(event, ClockStarted):
            first = Step(day, f"started, due on {long(event.due_on)}")
            found[event.clock, event.occurrence] = Why(
                event.clock, event.occurrence, event.regime, event.due_on, event.working, (first,)
            )
        elif isinstance(event, _OF_ONE):
            key = (event.clock, event.occurrence)
            found[key] = _after(found[key], event, day)
        elif isinstance(event, ClockPaused | ClockResumed | ClockRestarted):
            for key in _last_runs(found, event.regime, event.clocks):
                found[key] = _stepped(found[key], day, _of_several(event))
    return tuple(found.values())


def _after(known: Why, event: Any, day: date) -> Why:
    known = _stepped(known, day, _of_one(event))
    match event:
        case DueDateMoved():
            return replace(known, due_on=event.due_on, working=event.working)
        case Met() | FoundMet() | ClockStopped():
            return replace(known, live=False)
        case _:
            return known


def _stepped(known: Why, day: date, text: str) -> Why:
    return replace(known, steps=(*known.steps, Step(day, text)))


def _of_one(event: Any) -> str:  # noqa: PLR0911  a table, one event a row
    match event:
        case DueDateMoved():
            because = _BECAUSE[MovedBy(event.cause)]
            return f"moved from {long(event.previous_due_on)} to {long(event.due_on)}: {because}"
        case ExtensionProposed():
            return (
                f"extension to {long(event.new_due_on)} proposed; the customer has to be told by "
                f"{long(event.notice_by)} ({event.citation})"
            )
        case Extended():
            return f"extended: the customer was told on {long(event.notice_sent_on)} ({event.means})"
        case ExtensionLapsed():
            return f"the extension lapsed: no notice had left by {long(event.notice_by)}"
        case Missed():
            return f"missed: nothing known had met it by {long(event.due_on)}"
        case Met():
            return f"met on {long(event.met_on)}, {'late' if event.late else 'in time'}"
        case FoundMet():
            return f"found met on {long(event.met_on)}, in time after all"
        case _ if event.cause == SUPERSEDED:
            return "ended: the clock that it stood behind has started"
        case _:
            return f"stopped: {event.cause}"


def _of_several(event: ClockPaused | ClockResumed | ClockRestarted) -> str:
    match event:
        case ClockPaused():
            return f"paused from {long(event.paused_on)}: {event.kind} ({event.citation})"
        case ClockResumed():
            return f"paused until {long(event.resumed_on)}, that day included: {event.kind}"
        case ClockRestarted():
            return f"started anew from {long(event.base_date)}: {event.kind} ({event.citation})"


def _last_runs(found: dict[RunKey, Why], regime: str, clocks: Sequence[str]) -> Iterator[RunKey]:
    for clock in clocks:
        keys = [key for key, known in found.items() if known.clock == clock and known.regime == regime]
        if keys:
            yield max(keys)
