"""A quarantined message became a case."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from services.intake.domain.contact.state import ContactState, needs_held
from shared.contracts.intake import ContactEvent, ContactSentThrough
from shared.kit.decider import Command, Slice


class SendThrough(Command):
    """It became a case, or belongs to one that there was already."""

    verb = "send-through"
    reference: str
    case_id: UUID


def decide(command: SendThrough, state: ContactState, _given: None) -> tuple[ContactEvent, ...]:
    """It is seen to."""
    if state.case_id == command.case_id:
        return ()
    needs_held(state)
    return (ContactSentThrough(reference=command.reference, case_id=command.case_id),)


SEND_THROUGH: Final = Slice(SendThrough, decide)
