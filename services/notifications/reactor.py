"""What notifications owes when it reads the log: letters that events ask for, and the sending of each message."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from services.notifications.application.letters import asked_for_by
from services.notifications.domain.letter import Letter, Recipient
from services.notifications.domain.message.identity import message_of, notification_id, stream_of
from services.notifications.domain.message.owed import Send, WriteLetter
from shared.contracts.notifications import AttemptFailed, Requested
from shared.kit.due import DueRow, owe
from shared.kit.events import Envelope, Event, UnknownEvent
from shared.kit.log import Received

_FACTS: Final = set(WriteLetter.model_fields) - {"notification", "purpose", "about"}


class NotificationsReactor:
    """Turns events into commands that notifications owes."""

    name = "messages"
    from_beginning = False  # a service new to an old log must not send years of letters

    def react(self, received: Received) -> Sequence[DueRow]:
        """The commands that this event makes due."""
        event, heard = received.event, received.envelope
        match event:
            case Requested():
                return [_send(heard, event.purpose)]
            case AttemptFailed():
                return [_send(heard, event.purpose, event.try_again_at)]
            case _:
                letters = [_letter(heard, event, letter) for letter in asked_for_by(event)]
                return [row for row in letters if row is not None]


def _send(heard: Envelope, purpose: str, at: datetime | None = None) -> DueRow:
    command = Send(notification=message_of(heard.stream), purpose=purpose)
    return owe(heard, command, stream=heard.stream, at=at)


def _letter(heard: Envelope, event: Event | UnknownEvent, letter: Letter) -> DueRow | None:
    """The letter, with the facts that the event has under their names, or under those that the letter's row says.

    None: it would go to an officer whom the event doesn't name, or who caused it themselves.
    """
    facts: dict[str, Any] = {
        fact: getattr(event, letter.takes.get(fact, fact), None) for fact in _FACTS - {"clock"}
    }
    officer = facts["officer_id"]
    if letter.to is Recipient.OFFICER and (officer is None or heard.principal == f"person:{officer}"):
        return None
    clock = letter.clock or getattr(event, "clock", None)
    notification = notification_id(heard.event_id, letter.name, letter.audience, facts["rung"])
    command = WriteLetter(
        notification=notification, purpose=letter.name, about=heard.event_id, clock=clock, **facts
    )
    return owe(heard, command, stream=stream_of(notification), mark=letter.name)
