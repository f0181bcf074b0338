"""A message is written down, to be sent or with the reason why it will not be."""

from __future__ import annotations

from typing import Final

from services.notifications.domain.message.given import Given
from services.notifications.domain.message.state import Events, Notification
from services.notifications.domain.message.suppress import suppressed
from shared.contracts.notifications import Requested
from shared.kit.decider import Command, Slice


class Request(Command):
    """Write this message down to be sent; with `ground`, write down why it will not be."""

    verb = "request"
    message: Requested
    ground: str | None = None


def decide(command: Request, state: Notification, _given: Given) -> Events:
    """The message, once."""
    if state.requested is not None:
        return ()
    if command.ground is None:
        return (command.message,)
    return (command.message, suppressed(command.message, command.ground))


REQUEST: Final = Slice(Request, decide)
