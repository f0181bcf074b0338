"""A command that a service owes a stream."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class DueRow:
    """A command to give to a stream, and when.

    Attributes:
        id: the command's id, derived from the id of the event that led to it: so it is done once.
        key: the case's (or the contact's, person's, unit's, calendar's) id; a parked key's rows wait.
        stream: which stream the command is for.
        command: its name; `payload` is the rest of it (JSON, may hold sealed values).
        due_at: the instant from which it is owed; in the past: at once.
        correlation_id: shared by all that one command from outside led to.
        causation_id: the event that led to it.
    """

    id: UUID
    key: UUID
    stream: str
    command: str
    payload: dict[str, Any]
    due_at: datetime
    correlation_id: UUID
    causation_id: UUID
