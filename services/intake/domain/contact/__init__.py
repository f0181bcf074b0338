"""A contact that isn't a case: a message that couldn't be read, kept until somebody has seen to it."""

from __future__ import annotations

from typing import Final

from services.intake.domain.contact.discard import DISCARD, RETENTION, DestroyMessageKey, Discard
from services.intake.domain.contact.quarantine import QUARANTINE, Quarantine
from services.intake.domain.contact.send_through import SEND_THROUGH, SendThrough
from services.intake.domain.contact.state import INITIAL, ContactStanding, ContactState, evolve
from shared.contracts.intake import ContactEvent
from shared.kit.decider import Command, Decider, decider

CONTACT: Final[Decider[Command, ContactState, ContactEvent]] = decider(
    (QUARANTINE, SEND_THROUGH, DISCARD), evolve, INITIAL, None
)

__all__ = [
    "CONTACT",
    "RETENTION",
    "ContactStanding",
    "ContactState",
    "DestroyMessageKey",
    "Discard",
    "Quarantine",
    "SendThrough",
]
