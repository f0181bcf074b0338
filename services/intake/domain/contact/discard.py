"""A quarantined message is given up."""

from __future__ import annotations

from typing import Final

from services.intake.domain.contact.state import ContactStanding, ContactState, needs_held
from shared.contracts.intake import ContactDiscarded, ContactEvent
from shared.kit.decider import Command, Slice, Word

RETENTION: Final = "retention"
"""Why a message is given up that nobody mended in time."""


class Discard(Command):
    """Why a message is given up."""

    verb = "discard"
    reason: Word


class DestroyMessageKey(Command):
    """Nobody needs the message any more: what its key sealed is gone. Decides nothing; the keyring does it."""

    verb = "destroy-message-key"


def decide(command: Discard, state: ContactState, _given: None) -> tuple[ContactEvent, ...]:
    """It is given up, once."""
    if state.standing is ContactStanding.DISCARDED:
        return ()
    needs_held(state)
    return (ContactDiscarded(reason=command.reason),)


DISCARD: Final = Slice(Discard, decide)
