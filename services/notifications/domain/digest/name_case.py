"""A case was named in a digest."""

from __future__ import annotations

from datetime import date
from typing import Final
from uuid import UUID

from services.notifications.domain.digest.state import DigestState
from shared.contracts.notifications import DigestEvent, DueClock, NamedInDigest
from shared.kit.decider import Command, Slice


class NameCase(Command):
    """The digest `notification` of that officer and day names the case, with what is due in it."""

    verb = "name-case"
    notification: UUID
    officer_id: UUID
    digest_on: date
    due: tuple[DueClock, ...]


def decide(command: NameCase, state: DigestState, _given: None) -> tuple[DigestEvent, ...]:
    """A digest names a case once."""
    if command.notification in state.named_by:
        return ()
    return (
        NamedInDigest(
            notification=command.notification,
            officer_id=command.officer_id,
            digest_on=command.digest_on,
            due=command.due,
        ),
    )


NAME_CASE: Final = Slice(NameCase, decide)
