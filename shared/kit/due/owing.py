"""From an event that was read to a command that is owed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from shared.kit.decider import Command
from shared.kit.due.row import DueRow
from shared.kit.events import Envelope, command_id


def owe(
    heard: Envelope,
    command: Command,
    *,
    stream: str,
    at: datetime | None = None,
    key: UUID | None = None,
    mark: str = "",
) -> DueRow:
    """The command that the event makes due, derived from it: owed once, however often the event is read.

    Args:
        stream: which stream the command is for.
        at: the instant from which it is owed; at once, where nothing is said.
        key: the case's (contact's, person's ...) id, where it isn't the event's own key.
        mark: tells apart several commands of one verb that the same event makes due.
    """
    return DueRow(
        id=command_id(command.verb, str(heard.event_id), mark),
        key=key or heard.key,
        stream=stream,
        command=command.verb,
        payload=command.model_dump(mode="json"),
        due_at=at or heard.recorded_at,
        correlation_id=heard.correlation_id,
        causation_id=heard.event_id,
    )
