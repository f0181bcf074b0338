"""A contact's way to a reminder, step by step, as the services' own reactors and deciders take it in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final
from uuid import UUID

from deploy.simulation.lives import opened
from deploy.simulation.machines import put_in
from deploy.simulation.steps.receive import blob
from deploy.simulation.world import Machine, World
from services.audit.application.timeline.sentences import tell
from services.intake.domain.case.assign import Assign
from services.intake.domain.case.open_case import OpenCase
from services.intake.domain.case.triage import Triage
from shared.contracts.intake import CaseOpened, Customer, Receipt
from shared.contracts.notifications import Sent
from shared.kit.due import DueRow
from shared.kit.events import Event, Plain, Recorded
from shared.kit.eventstore import Cause
from shared.kit.log import Received
from shared.rules.calendar.london import LONDON

CASE: Final = UUID("00000000-0000-4000-8000-00000000ca5e")
CUSTOMER: Final = UUID("00000000-0000-4000-8000-0000000c0572")
RECEIVED: Final = datetime(2026, 6, 1, 9, 30, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Step:
    """Something on the way.

    Attributes:
        kind: `command`, `event`, `due` or `line`.
        service: where it is.
        what: its name, or the sentence of a line.
        when: the London time, where it isn't that of the step before.
        crosses: it comes by the log.
    """

    kind: str
    service: str
    what: str
    when: str = ""
    crosses: bool = False


@dataclass
class _Watched:
    """A service by itself, watched: which due row an event led to, and which events a due row."""

    machine: Machine
    led_to: dict[UUID, DueRow]
    world: World

    def hear(self, received: Received) -> Iterable[DueRow]:
        return self.machine.hear(received)

    def opens(self, row: DueRow) -> datetime:
        return self.machine.opens(row)

    def do(self, row: DueRow) -> None:
        before = len(self.world.streams.recorded)
        self.machine.do(row)
        for recorded in self.world.streams.recorded[before:]:
            self.led_to.setdefault(recorded.envelope.event_id, row)


def way() -> list[Step]:
    """From a contact and its triage to the first reminder, and the line that audit shows of it."""
    setting = replace(opened()[0], proclaimed=None)
    world = World(setting, CASE, Random("a contact's way"), RECEIVED)
    intake, *_ = put_in(world)
    led_to: dict[UUID, DueRow] = {}
    world.machines = [_Watched(machine, led_to, world) for machine in world.machines]
    department = setting.council.departments[0]
    officer = department.staff[0]
    intake.to_case(OpenCase(opened=_contact()), "system:crm", Cause("system:crm", CASE, None))
    for command in (Triage(regime="foi"), Assign(department=department.code, officer=officer.person_id)):
        intake.to_case(command, officer.principal, Cause(officer.principal, CASE, None))
    world.run_to(RECEIVED + timedelta(days=40))
    recorded = world.streams.recorded
    sent = next(
        each for each in recorded if isinstance(each.event, Sent) and each.event.purpose == "reminder"
    )
    contact = [Step("command", "intake", "the CRM: a contact"), _event(recorded[0])]
    steps = _back_from(sent, {each.envelope.event_id: each for each in recorded}, led_to)
    sentence = tell(
        sent.envelope.wire_name, sent.event.model_dump(mode="json"), lambda _: None, lambda _: None
    )
    return [*contact, *steps, Step("line", "audit", sentence.sentence, crosses=True)]


def _back_from(
    last: Recorded[Event], events: dict[UUID, Recorded[Event]], led_to: dict[UUID, DueRow]
) -> Iterator[Step]:
    """What caused this event, the first thing first, and the event."""
    row = led_to.get(last.envelope.event_id)
    if row is None:
        yield Step("command", _service(last), "an officer: triage")
        yield _event(last)
        return
    assert row.causation_id is not None
    yield from _back_from(events[row.causation_id], events, led_to)
    first = next(each for each in events.values() if led_to.get(each.envelope.event_id) is row)
    yield Step("due", _service(last), row.command, _london(row.due_at), crosses=True)
    if first is not last:
        yield _event(first)
    yield _event(last)


def _event(recorded: Recorded[Event]) -> Step:
    name = recorded.envelope.wire_name.split(".")[2]
    return Step("event", _service(recorded), name, _london(recorded.envelope.recorded_at))


def _service(recorded: Recorded[Event]) -> str:
    return recorded.envelope.source.rpartition("/")[2]


def _london(moment: datetime) -> str:
    return f"{moment.astimezone(LONDON):%a %-d %b %H:%M}"


def _contact() -> CaseOpened:
    return CaseOpened(
        reference="CR-2026-000001",
        channel="crm",
        adapter="json",
        sender="system:crm",
        receipt=Receipt(received_on=RECEIVED.date(), precision="day", said_by="sender"),
        customer=Customer(person_id=CUSTOMER),
        text=Plain("How many bins were not emptied in May?", CUSTOMER),
        original=blob(b"{}", CUSTOMER),
    )
