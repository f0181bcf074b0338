"""A message is kept back."""

from __future__ import annotations

from typing import Final

from services.notifications.domain.message.given import Given
from services.notifications.domain.message.state import Events, Notification, Status, requested_of
from shared.contracts.notifications import Requested, Suppressed
from shared.kit.decider import Command, Refused, Slice


class Suppress(Command):
    """Don't send it."""

    verb = "suppress"
    ground: str


def decide(command: Suppress, state: Notification, _given: Given) -> Events:
    """It stays, as long as no attempt has begun."""
    requested = requested_of(state)
    if state.status is Status.SUPPRESSED:
        return ()
    if not state.to_be_sent:
        raise Refused("too-late-to-suppress", f"The message is {state.status.value} already.")
    return (suppressed(requested, command.ground),)


def suppressed(requested: Requested, ground: str) -> Suppressed:
    """The message was not sent."""
    return Suppressed(
        notification=requested.notification, purpose=requested.purpose, ground=ground, stage=requested.stage
    )


SUPPRESS: Final = Slice(Suppress, decide)
