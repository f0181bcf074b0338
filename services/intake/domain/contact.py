"""A contact that isn't a case: a message that couldn't be read, kept until somebody has seen to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from shared.contracts import intake
from shared.kit.decider import Decider, Refused
from shared.kit.events import Event, Plain, SealedBlob


class ContactStanding(StrEnum):
    """What became of it."""

    NONE = "none"
    HELD = "held"
    SENT_THROUGH = "sent-through"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantine:
    """Keep a message that can't be read; its bytes and headers are sealed under a key of its own."""

    adapter: str
    sender: str
    sender_message_id: str | None
    code: str
    pointer: str
    original: SealedBlob
    headers: Plain | None = None
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SendThrough:
    """It became a case, or belongs to one that there was already."""

    reference: str
    case_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Discard:
    """It is given up."""

    reason: str


ContactCommand = Quarantine | SendThrough | Discard


@dataclass(frozen=True, slots=True)
class ContactState:
    """A quarantined message as its rules see it."""

    standing: ContactStanding = ContactStanding.NONE
    quarantined: intake.ContactQuarantined | None = None
    reference: str = ""
    case_id: UUID | None = None


def decide(command: ContactCommand, state: ContactState) -> tuple[Event, ...]:
    """The events that the command leads to.

    Raises:
        Refused: there is no such message, or somebody has seen to it already.
    """
    match command:
        case Quarantine():
            return _quarantine(command, state)
        case SendThrough():
            if state.case_id == command.case_id:
                return ()
            _needs_held(state)
            return (intake.ContactSentThrough(reference=command.reference, case_id=command.case_id),)
        case Discard():
            if state.standing is ContactStanding.DISCARDED:
                return ()
            _needs_held(state)
            return (intake.ContactDiscarded(reason=command.reason),)


def evolve(state: ContactState, event: Event) -> ContactState:
    """The state after an event."""
    match event:
        case intake.ContactQuarantined():
            return replace(state, standing=ContactStanding.HELD, quarantined=event)
        case intake.ContactSentThrough():
            return replace(
                state,
                standing=ContactStanding.SENT_THROUGH,
                reference=event.reference,
                case_id=event.case_id,
            )
        case intake.ContactDiscarded():
            return replace(state, standing=ContactStanding.DISCARDED)
        case _:
            return state


def _quarantine(command: Quarantine, state: ContactState) -> tuple[Event, ...]:
    if state.standing is not ContactStanding.NONE:
        return ()
    return (
        intake.ContactQuarantined(
            adapter=command.adapter,
            sender=command.sender,
            sender_message_id=command.sender_message_id,
            code=command.code,
            pointer=command.pointer,
            original=command.original,
            headers=command.headers,
            received_at=command.received_at,
        ),
    )


def _needs_held(state: ContactState) -> None:
    match state.standing:
        case ContactStanding.NONE:
            raise Refused("no-such-contact", "There is no such message in quarantine.")
        case ContactStanding.SENT_THROUGH:
            raise Refused("already-sent-through", f"The message became {state.reference} already.")
        case ContactStanding.DISCARDED:
            raise Refused("already-discarded", "The message was discarded and its key destroyed.")
        case ContactStanding.HELD:
            return


CONTACT: Final[Decider[ContactCommand, ContactState, Event]] = Decider(
    decide=decide, evolve=evolve, initial=ContactState()
)
"""The rules of a quarantined message."""
