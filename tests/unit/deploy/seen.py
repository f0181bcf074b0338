"""What occurs in the lives of one seed, and whether each life is lawful."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, cast
from uuid import UUID

from deploy.simulation.life import Life
from services.deadlines.domain.clock import clock_decider
from services.deadlines.domain.clock.reconcile import recalculated
from shared.contracts.deadlines import ClockEvent
from shared.contracts.ids import clock_stream
from shared.kit.events import Event, Recorded, event_id, read_json


@dataclass
class Seen:
    """Types of events, what people asked for, and the values of some fields."""

    types: set[type[Event]] = field(default_factory=set)
    commands: set[str] = field(default_factory=set)
    values: dict[type[Event], list[Event]] = field(default_factory=lambda: defaultdict(list))

    def take(self, life: Life) -> None:
        """Adds a life."""
        self.commands |= {asked.path.rpartition("/")[2] for asked in life.asked}
        for recorded in life.recorded:
            self.types.add(type(recorded.event))
            self.values[type(recorded.event)].append(recorded.event)

    def of(self, kind: type[Event], *names: str) -> set[Any]:
        """The values that these fields have together in events of that kind."""
        found = {tuple(getattr(event, name) for name in names) for event in self.values[kind]}
        return {values[0] for values in found} if len(names) == 1 else found


def faults(life: Life) -> Iterator[str]:
    """What is wrong with a life: nothing, where its deciders are right and it asks them for everything."""
    proclaimed = life.setting.proclaimed
    yield from _order(life.recorded, None if proclaimed is None else proclaimed.envelope.event_id)
    for stream, events in _streams(life.recorded):
        if [each.envelope.version for each in events] != list(range(1, len(events) + 1)):
            yield f"{stream} has gaps"
        if any(each.envelope.event_id != event_id(stream, each.envelope.version) for each in events):
            yield f"{stream} has an id that isn't derived"
    clocks = [
        each.event for each in life.recorded if each.envelope.stream == clock_stream(life.world.case_id)
    ]
    state = clock_decider(life.deadlines.given()).fold(cast("list[ClockEvent]", clocks))
    if state != life.deadlines.clocks:
        yield "its clocks replay to another state"
    for event in recalculated(state, life.deadlines.given()):
        yield f"the clock decider has another date: {event!r}"
    for run in state.runs.values():
        if run.working["due"] != run.due_on.isoformat():
            yield f"{run.clock} says another date than its working"


def _order(recorded: list[Recorded[Event]], proclaimed: UUID | None) -> Iterator[str]:
    times = [each.envelope.recorded_at for each in recorded]
    if times != sorted(set(times)):
        yield "two events were recorded at once, or one before another that it follows"
    known = {each.envelope.event_id for each in recorded} | {proclaimed}
    for each in recorded:
        cause = each.envelope.causation_id
        if each.envelope.principal.startswith("service:") and cause not in known:
            yield f"nothing caused {each.envelope.wire_name}"
        stored = each.event.model_dump_json(exclude_none=True).encode()
        if read_json(each.envelope.wire_name, stored) != each.event:
            yield f"{each.envelope.wire_name} isn't read as it is stored"
        if each.envelope.happened_at > each.envelope.recorded_at:
            yield f"{each.envelope.wire_name} was recorded before it happened"


def _streams(recorded: list[Recorded[Event]]) -> Iterator[tuple[str, list[Recorded[Event]]]]:
    by_stream = sorted(recorded, key=lambda each: each.envelope.stream)
    for stream, events in groupby(by_stream, key=lambda each: each.envelope.stream):
        yield stream, list(events)
