"""Why this date? The working of each clock, and everything that has happened to it since, from its events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, assert_never

from services.deadlines.domain.clock.names import CONTRIBUTION, SUPERSEDED, MovedBy
from services.deadlines.domain.clock.state import RunKey
from shared.contracts import deadlines as e
from shared.kit.events import Envelope
from shared.rules.calendar.london import london_day
from shared.rules.regimes.working import Working, long

OfOne = (
    e.DueDateMoved
    | e.Missed
    | e.Met
    | e.FoundMet
    | e.ClockStopped
    | e.Extended
    | e.ExtensionLapsed
    | e.ExtensionProposed
)
"""What happens to one run of one clock."""
OfSeveral = e.ClockPaused | e.ClockResumed | e.ClockRestarted
"""What happens to the last run of each clock that it names."""
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


def why(past: Iterable[tuple[Envelope, e.ClockEvent]]) -> tuple[Why, ...]:
    """Every run of every clock of a case, in the order in which they started."""
    found: dict[RunKey, Why] = {}
    for envelope, event in past:
        day = london_day(envelope.recorded_at)
        match event:
            case e.ClockStarted():
                first = Step(day, f"started, due on {long(event.due_on)}")
                found[event.clock, event.occurrence] = Why(
                    event.clock, event.occurrence, event.regime, event.due_on, event.working, (first,)
                )
            case e.ClockPaused() | e.ClockResumed() | e.ClockRestarted():
                for key in _last_runs(found, event.regime, event.clocks):
                    found[key] = _stepped(found[key], day, _of_several(event))
            case e.FactNoted() | e.ReminderDue():
                continue  # no date follows from either by itself
            case _:
                key = (event.clock, event.occurrence)
                found[key] = _after(found[key], event, day)
    return tuple(found.values())


def _after(known: Why, event: OfOne, day: date) -> Why:
    known = _stepped(known, day, _of_one(event))
    match event:
        case e.DueDateMoved():
            return replace(known, due_on=event.due_on, working=event.working)
        case e.Met() | e.FoundMet() | e.ClockStopped():
            return replace(known, live=False)
        case e.Missed() | e.Extended() | e.ExtensionLapsed() | e.ExtensionProposed():
            return known
        case _:
            assert_never(event)


def _stepped(known: Why, day: date, text: str) -> Why:
    return replace(known, steps=(*known.steps, Step(day, text)))


def _of_one(event: OfOne) -> str:  # noqa: PLR0911  a table, one event a row
    match event:
        case e.DueDateMoved():
            because = _BECAUSE[MovedBy(event.cause)]
            return f"moved from {long(event.previous_due_on)} to {long(event.due_on)}: {because}"
        case e.ExtensionProposed():
            return (
                f"extension to {long(event.new_due_on)} proposed; the customer has to be told by "
                f"{long(event.notice_by)} ({event.citation})"
            )
        case e.Extended():
            return f"extended: the customer was told on {long(event.notice_sent_on)} ({event.means})"
        case e.ExtensionLapsed():
            return f"the extension lapsed: no notice had left by {long(event.notice_by)}"
        case e.Missed():
            return f"missed: nothing known had met it by {long(event.due_on)}"
        case e.Met():
            return f"met on {long(event.met_on)}, {'late' if event.late else 'in time'}"
        case e.FoundMet():
            return f"found met on {long(event.met_on)}, in time after all"
        case e.ClockStopped() if event.cause == SUPERSEDED:
            return "ended: the clock that it stood behind has started"
        case e.ClockStopped():
            return f"stopped: {event.cause}"
        case _:
            assert_never(event)


def _of_several(event: OfSeveral) -> str:
    match event:
        case e.ClockPaused():
            return f"paused from {long(event.paused_on)}: {event.kind} ({event.citation})"
        case e.ClockResumed():
            return f"paused until {long(event.resumed_on)}, that day included: {event.kind}"
        case e.ClockRestarted():
            return f"started anew from {long(event.base_date)}: {event.kind} ({event.citation})"


def _last_runs(found: dict[RunKey, Why], regime: str, clocks: Sequence[str]) -> Iterator[RunKey]:
    for clock in clocks:
        keys = [key for key, known in found.items() if known.clock == clock and known.regime == regime]
        if keys:
            yield max(keys)
