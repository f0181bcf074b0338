"""Which commands an event makes due: facts and notices at once, timers for later."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import Final

from services.deadlines.domain.calendar import STREAM as CALENDAR_STREAM
from services.deadlines.domain.calendar.owed import RecalculateTouched
from services.deadlines.domain.clock.arming import Arming, armed
from services.deadlines.domain.clock.fact_from_event import fact_from
from services.deadlines.domain.clock.hear import Hear
from services.deadlines.domain.clock.record_notice import RecordNotice
from shared.contracts.deadlines import (
    BankHolidayProclaimed,
    ClockStarted,
    DueDateMoved,
    ExtensionProposed,
)
from shared.contracts.ids import clock_stream
from shared.contracts.notifications import EXTENSION_NOTICE, OutcomeSettled, Sent
from shared.kit.due import DueRow, owe
from shared.kit.events import Envelope, Event, UnknownEvent
from shared.kit.log import Received
from shared.rules.calendar.days import Nation
from shared.rules.regimes.rules import Means

SOURCE: Final = "/redress/deadlines"
SWEEPS: Final = (timedelta(), timedelta(minutes=2))
"""When a new bank holiday is carried to the clocks: at once, and again for those that were on their way to the view."""


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
        event, heard = received.event, received.envelope
        if heard.source == SOURCE:
            return tuple(self._own(event, heard))
        fact = fact_from(event, heard)
        command = _notice(event) if fact is None else Hear(fact=fact)
        return () if command is None else (owe(heard, command, stream=clock_stream(heard.key)),)

    def _own(self, event: Event | UnknownEvent, heard: Envelope) -> Iterator[DueRow]:
        match event:
            case ClockStarted() | DueDateMoved() | ExtensionProposed():
                stream = clock_stream(heard.key)
                for timer in armed(event, heard.recorded_at, self._arming()):
                    yield owe(heard, timer.command, stream=stream, at=timer.at, mark=timer.mark)
            case BankHolidayProclaimed():
                touched = RecalculateTouched(on=event.on, nation=Nation(event.nation))
                for after in SWEEPS:
                    at = heard.recorded_at + after
                    yield owe(heard, touched, stream=CALENDAR_STREAM, at=at, mark=str(after))
            case _:
                return


def _notice(event: Event | UnknownEvent) -> RecordNotice | None:
    """The notice of an extension that left, by the mail server's word or a person's."""
    match event:
        case Sent() if event.purpose == EXTENSION_NOTICE:
            sent_on = event.sent_on
        case OutcomeSettled() if event.purpose == EXTENSION_NOTICE and event.arrived and event.sent_on:
            sent_on = event.sent_on
        case _:
            return None
    assert event.clock is not None
    return RecordNotice(
        clock=event.clock,
        occurrence=event.occurrence,
        proposal=event.proposal,
        sent_on=sent_on,
        means=Means.EMAIL.value,
    )
