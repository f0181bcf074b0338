"""What the rules of a quarantined message remember."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, assert_never
from uuid import UUID

from shared.contracts import intake
from shared.kit.decider import Refused


class ContactStanding(StrEnum):
    """What became of it."""

    NONE = "none"
    HELD = "held"
    SENT_THROUGH = "sent-through"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True)
class ContactState:
    """A quarantined message as its rules see it."""

    standing: ContactStanding = ContactStanding.NONE
    quarantined: intake.ContactQuarantined | None = None
    reference: str = ""
    case_id: UUID | None = None


INITIAL: Final = ContactState()


def evolve(state: ContactState, event: intake.ContactEvent) -> ContactState:
    match event:
        case intake.ContactQuarantined():
            return replace(state, standing=ContactStanding.HELD, quarantined=event)
        case intake.ContactSentThrough():
            return replace(
                state,
                standing=ContactStanding.SENT_THROUGH,
                reference=event.reference,
                case_id=event.case_id,
            )
        case intake.ContactDiscarded():
            return replace(state, standing=ContactStanding.DISCARDED)
        case _:
            assert_never(event)


def needs_held(state: ContactState) -> None:
    """Nobody has seen to it yet.

    Raises:
        Refused: `no-such-contact`, `already-sent-through`, `already-discarded`.
    """
    match state.standing:
        case ContactStanding.NONE:
            raise Refused("no-such-contact", "There is no such message in quarantine.")
        case ContactStanding.SENT_THROUGH:
            raise Refused("already-sent-through", f"The message became {state.reference} already.")
        case ContactStanding.DISCARDED:
            raise Refused("already-discarded", "The message was discarded and its key destroyed.")
        case ContactStanding.HELD:
            return
