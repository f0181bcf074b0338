"""A sender sent the message id of a case again, with other bytes."""

from __future__ import annotations

from typing import Final

from services.intake.domain.case.checks import needs_case
from services.intake.domain.case.command import Events
from services.intake.domain.case.given import Given
from services.intake.domain.case.state import CaseState
from shared.contracts.intake import ContactRepeated
from shared.kit.decider import Command, Slice
from shared.kit.events import SealedBlob


class NoteRepeat(Command):
    """Other bytes under a message id that has made this case."""

    verb = "note-repeat"
    sender: str
    sender_message_id: str
    original: SealedBlob


def decide(command: NoteRepeat, state: CaseState, _given: Given) -> Events:
    """They are kept, and noted."""
    needs_case(state)
    return (
        ContactRepeated(
            sender=command.sender, sender_message_id=command.sender_message_id, original=command.original
        ),
    )


NOTE_REPEAT: Final = Slice(NoteRepeat, decide)
