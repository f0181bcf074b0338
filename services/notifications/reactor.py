"""What notifications owes when it reads the log: letters that events ask for, and the sending of each message."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from services.notifications.application.digests import morning
from services.notifications.application.letters import asked_for_by
from services.notifications.domain.letter import Letter, Recipient
from services.notifications.domain.message.identity import message_of, notification_id, stream_of
from services.notifications.domain.message.owed import FACTS, Send, WriteLetter
from shared.contracts.intake import Assigned
from shared.contracts.notifications import AttemptFailed, Requested
from shared.kit.due import DueRow, owe
from shared.kit.events import Envelope, Event, UnknownEvent
from shared.kit.log import Received
from shared.rules.calendar import load_calendar, london_day
from shared.rules.calendar.office_hours import OfficeHours


class NotificationsReactor:
    """Turns events into commands that notifications owes.

    An officer who has a case is owed a digest on the next working day; each morning then owes the one after it.
    """

    name = "messages"
    from_beginning = False  # a service new to an old log must not send years of letters

    def __init__(self, hours: OfficeHours) -> None:
        """Args: hours: the council's, in which its mornings begin."""
        self._hours = hours

    def react(self, received: Received) -> Sequence[DueRow]:
        event, heard = received.event, received.envelope
        match event:
            case Requested():
                return [_send(heard, event.purpose)]
            case AttemptFailed():
                return [_send(heard, event.purpose, event.try_again_at)]
            case Assigned() if event.officer_id is not None:
                tomorrow = london_day(heard.recorded_at) + timedelta(days=1)
                return [morning(self._hours.on(tomorrow, load_calendar())), *_letters(heard, event)]
            case _:
                return _letters(heard, event)


def _send(heard: Envelope, purpose: str, at: datetime | None = None) -> DueRow:
    command = Send(notification=message_of(heard.stream), purpose=purpose)
    return owe(heard, command, stream=heard.stream, at=at)


def _letters(heard: Envelope, event: Event | UnknownEvent) -> list[DueRow]:
    rows = [_letter(heard, event, letter) for letter in asked_for_by(event)]
    return [row for row in rows if row is not None]


def _letter(heard: Envelope, event: Event | UnknownEvent, letter: Letter) -> DueRow | None:
    """The letter, with the facts that the event has under their names, or under those that the letter's row says.

    None: it would go to an officer whom the event doesn't name, or who caused it themselves.
    """
    facts: dict[str, Any] = {fact: getattr(event, letter.takes.get(fact, fact), None) for fact in FACTS}
    facts["clock"] = letter.clock or facts["clock"]
    facts["rung"] = letter.rung or facts["rung"]
    officer = facts["officer_id"]
    if letter.to is Recipient.OFFICER and (officer is None or heard.principal == f"person:{officer}"):
        return None
    notification = notification_id(heard.event_id, letter.name, letter.audience, facts["rung"])
    command = WriteLetter(notification=notification, purpose=letter.name, about=heard.event_id, **facts)
    return owe(heard, command, stream=stream_of(notification), mark=letter.name)
