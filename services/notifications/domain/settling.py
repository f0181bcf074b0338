"""How a person settles a message that the machine can't."""

from __future__ import annotations

from datetime import date

from services.notifications.domain.commands import Settle
from services.notifications.domain.results import LONDON
from services.notifications.domain.state import Notification, NotificationEvent, Status
from shared.contracts.notifications import OutcomeSettled, Requested
from shared.decider import Refused

_A_PERSONS_BUSINESS = frozenset({Status.OUTCOME_UNKNOWN, Status.FAILED, Status.SUPPRESSED})


def settle(command: Settle, state: Notification, requested: Requested) -> tuple[NotificationEvent, ...]:
    """The person's word about the message. Raises `Refused`."""
    if not command.principal.startswith("person:"):
        raise Refused("only-a-person", "Only a person can say whether a message arrived.")
    if state.status not in _A_PERSONS_BUSINESS:
        raise Refused(
            "nothing-to-settle", f"The message is {state.status.value}: there is nothing to settle."
        )
    if command.arrived and state.status is not Status.OUTCOME_UNKNOWN:
        raise Refused(
            "did-not-leave",
            "This message did not leave. Record a letter sent another way on the case itself.",
        )
    if command.arrived and command.sent_on is None:
        raise Refused("no-day", "Enter the day on which the message was sent.")
    if not command.arrived and command.sent_on is not None:
        raise Refused("day-without-arrival", "A message that did not arrive has no day of sending.")
    if command.sent_on is not None and not _possible(command.sent_on, state):
        raise Refused("impossible-day", "The message can only have been sent on the day of the attempt.")
    return (
        OutcomeSettled(
            notification=requested.notification,
            purpose=requested.purpose,
            arrived=command.arrived,
            sent_on=command.sent_on,
            stage=requested.stage,
            clock=requested.clock,
            occurrence=requested.occurrence,
            proposal=requested.proposal,
        ),
    )


def _possible(sent_on: date, state: Notification) -> bool:
    """Whether the day lies between the claim and the end of the wait for its result."""
    assert state.claimed_at is not None
    assert state.answer_by is not None
    return state.claimed_at.astimezone(LONDON).date() <= sent_on <= state.answer_by.astimezone(LONDON).date()
