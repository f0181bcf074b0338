"""What this service owes: a message to be written, and one to be sent; each leads to commands of its stream."""

from __future__ import annotations

from datetime import date
from typing import Final
from uuid import UUID

from shared.kit.decider import Command
from shared.kit.events import SealedValue


class WriteLetter(Command):
    """Write the letter `purpose` that the event `about` asks for, with what the event says of it.

    `subject` and `text` are an officer's letter, a department's question or the reason of an extension.
    """

    verb = "write-letter"
    notification: UUID
    purpose: str
    about: UUID
    stage: str | None = None
    clock: str | None = None
    occurrence: int | None = None
    proposal: int | None = None
    rung: str | None = None
    department_id: UUID | None = None
    officer_id: UUID | None = None
    due_on: date | None = None
    new_due_on: date | None = None
    leave_by: date | None = None
    subject: SealedValue | None = None
    text: SealedValue | None = None


FACTS: Final = frozenset(WriteLetter.model_fields) - {"notification", "purpose", "about"}
"""What a letter takes from its event."""


class Send(Command):
    """Try once to send the message."""

    verb = "send"
    notification: UUID
    purpose: str
