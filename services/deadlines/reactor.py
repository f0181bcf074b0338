"""Which commands an event makes due: facts and notices at once, timers for later."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import Any, Final

from services.deadlines.domain.calendar import STREAM as CALENDAR_STREAM
from services.deadlines.domain.clock.arming import Arming, Timer, armed
from services.deadlines.domain.clock.hearing import fact_in
from shared.contracts.deadlines import (
    BankHolidayProclaimed,
    ClockStarted,
    DueDateMoved,
    ExtensionProposed,
)
from shared.contracts.notifications import OutcomeSettled, Sent
from shared.kit.due import DueRow
from shared.kit.events import Envelope, Event, UnknownEvent, command_id
from shared.kit.log import Received
from shared.rules.regimes.rules import Means

HEAR: Final = "hear"
RECORD_NOTICE: Final = "record-notice"
RECALCULATE_TOUCHED: Final = "recalculate-touched"
RECALCULATE_AT_SCHOOLS: Final = "recalculate-at-schools"
EXTENSION_NOTICE: Final = "extension-notice"
SOURCE: Final = "/redress/deadlines"
SWEEPS: Final = (timedelta(), timedelta(minutes=2))
"""When a new bank holiday is carried to the clocks: at once, and again for those that were on their way to the view."""


def clock_stream(case: object) -> str:
    """The stream of a case's clocks."""
    return f"clock-{case}"


class ClockReactor:
    """Maps intake's and the Ombudsman's facts, notices that left, and deadlines' own dates to due work.

    Args:
        arming: what timers are armed by, as it is today.
    """

    name = "clocks"
    from_beginning = True

    def __init__(self, arming: Callable[[], Arming]) -> None:
        self._arming = arming

    def react(self, received: Received) -> Sequence[DueRow]:
        """The due rows of one event."""
        event, envelope = received.event, received.envelope
        if envelope.source == SOURCE:
            return tuple(self._own(event, envelope))
        fact = fact_in(event, envelope)
        if fact is not None:
            return (_at_once(envelope, HEAR, {"fact": fact.model_dump(mode="json")}),)
        notice = _notice(event)
        return () if notice is None else (_at_once(envelope, RECORD_NOTICE, notice),)

    def _own(self, event: Event | UnknownEvent, envelope: Envelope) -> Iterator[DueRow]:
        match event:
            case ClockStarted() | DueDateMoved() | ExtensionProposed():
                for timer in armed(event, envelope.recorded_at, self._arming()):
                    yield _row(envelope, clock_stream(envelope.key), timer)
            case BankHolidayProclaimed():
                payload = {"on": event.on.isoformat(), "nation": event.nation}
                for after in SWEEPS:
                    timer = Timer(RECALCULATE_TOUCHED, str(after), envelope.recorded_at + after, payload)
                    yield _row(envelope, CALENDAR_STREAM, timer)
            case _:
                return


def _notice(event: Event | UnknownEvent) -> dict[str, Any] | None:
    """The notice of an extension that left, by the mail server's word or a person's."""
    match event:
        case Sent() if event.purpose == EXTENSION_NOTICE:
            sent_on = event.sent_on
        case OutcomeSettled() if event.purpose == EXTENSION_NOTICE and event.arrived and event.sent_on:
            sent_on = event.sent_on
        case _:
            return None
    return {
        "clock": event.clock,
        "occurrence": event.occurrence,
        "proposal": event.proposal,
        "sent_on": sent_on.isoformat(),
        "means": Means.EMAIL.value,
    }


def _at_once(envelope: Envelope, command: str, payload: dict[str, Any]) -> DueRow:
    return _row(envelope, clock_stream(envelope.key), Timer(command, "", envelope.recorded_at, payload))


def _row(envelope: Envelope, stream: str, timer: Timer) -> DueRow:
    return DueRow(
        id=command_id("deadlines", str(envelope.event_id), timer.command, timer.mark),
        key=envelope.key,
        stream=stream,
        command=timer.command,
        payload=timer.payload,
        due_at=timer.at,
        correlation_id=envelope.correlation_id,
        causation_id=envelope.event_id,
    )
