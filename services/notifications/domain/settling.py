"""How a person settles a message that the machine can't, and what they are offered."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from services.notifications.domain.commands import Settle
from services.notifications.domain.state import Notification, NotificationEvent, Status
from shared.contracts.notifications import OutcomeSettled, Requested
from shared.kit.decider import Refused
from shared.rules.calendar.london import london_day

_A_PERSONS_BUSINESS: Final = frozenset({Status.OUTCOME_UNKNOWN, Status.FAILED, Status.SUPPRESSED})


def answers(principal: str, state: Notification) -> tuple[tuple[bool, date | None], ...]:
    """The answers to "did it arrive, and on which day was it sent?" that are taken now.

    Raises:
        Refused: there is nothing to settle, or not by this principal.
    """
    if not principal.startswith("person:"):
        raise Refused("only-a-person", "Only a person can say whether a message arrived.")
    if state.status not in _A_PERSONS_BUSINESS:
        raise Refused(
            "nothing-to-settle", f"The message is {state.status.value}: there is nothing to settle."
        )
    if state.status is not Status.OUTCOME_UNKNOWN:
        return ((False, None),)
    return (*((True, day) for day in _days_of_attempt(state)), (False, None))


def settle(command: Settle, state: Notification, requested: Requested) -> tuple[NotificationEvent, ...]:
    """The person's word about the message. Raises `Refused`."""
    taken = answers(command.principal, state)
    if (command.arrived, command.sent_on) not in taken:
        raise _why_not(command, can_have_arrived=any(arrived for arrived, _ in taken))
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


def _why_not(command: Settle, *, can_have_arrived: bool) -> Refused:
    if not command.arrived:
        return Refused("day-without-arrival", "A message that did not arrive has no day of sending.")
    if not can_have_arrived:
        return Refused(
            "did-not-leave",
            "This message did not leave. Record a letter sent another way on the case itself.",
        )
    if command.sent_on is None:
        return Refused("no-day", "Enter the day on which the message was sent.")
    return Refused("impossible-day", "The message can only have been sent on the day of the attempt.")


def _days_of_attempt(state: Notification) -> list[date]:
    """From the claim to the end of the wait for its result: one day, or two round midnight."""
    assert state.claimed_at is not None
    assert state.answer_by is not None
    first = london_day(state.claimed_at)
    last = london_day(state.answer_by)
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
