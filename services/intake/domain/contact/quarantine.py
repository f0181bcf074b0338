"""A message that can't be read is kept."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from services.intake.domain.contact.state import ContactStanding, ContactState
from shared.contracts.intake import ContactEvent, ContactQuarantined
from shared.kit.decider import Command, Slice
from shared.kit.events import Personal, SealedBlob


class Quarantine(Command):
    """Keep a message that can't be read; its bytes and headers are sealed under a key of its own."""

    verb = "quarantine"
    adapter: str
    sender: str
    sender_message_id: str | None
    code: str
    pointer: str
    original: SealedBlob
    headers: Personal | None = None
    received_at: datetime


def decide(command: Quarantine, state: ContactState, _given: None) -> tuple[ContactEvent, ...]:
    """It is kept, once."""
    if state.standing is not ContactStanding.NONE:
        return ()
    return (ContactQuarantined(**dict(command)),)


QUARANTINE: Final = Slice(Quarantine, decide)
