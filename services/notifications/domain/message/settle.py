"""A person settles a message that the machine can't."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from services.notifications.domain.message.given import Given
from services.notifications.domain.message.state import Events, Notification, Status, named, requested_of
from shared.contracts.notifications import OutcomeSettled
from shared.kit.decider import Choice, Choices, Command, Refused, Slice
from shared.rules.calendar.london import london_day

_A_PERSONS_BUSINESS: Final = frozenset({Status.OUTCOME_UNKNOWN, Status.FAILED, Status.SUPPRESSED})


class Settle(Command):
    """Records what a person found out about a message whose outcome isn't known, or that never left.

    Whether it arrived; if it did, the day on which it had been sent.
    """

    verb = "settle"
    notification: UUID
    arrived: bool
    sent_on: date | None = None


def may(state: Notification, given: Given) -> Choices:
    """That it did not arrive; of one whose outcome isn't known also that it did, on a day of the attempt."""
    requested_of(state)
    if not given.principal.startswith("person:"):
        raise Refused("only-a-person", "Only a person can say whether a message arrived.")
    if state.status not in _A_PERSONS_BUSINESS:
        raise Refused(
            "nothing-to-settle", f"The message is {state.status.value}: there is nothing to settle."
        )
    lost = Choice({"arrived": (False,), "sent_on": (None,)})
    if state.status is not Status.OUTCOME_UNKNOWN:
        return (lost,)
    return (Choice({"arrived": (True,), "sent_on": _days_of_attempt(state)}), lost)


def decide(command: Settle, state: Notification, given: Given) -> Events:
    choices = [each.values for each in may(state, given)]
    if not any(command.arrived in each["arrived"] and command.sent_on in each["sent_on"] for each in choices):
        raise _why_not(command, can_have_arrived=len(choices) > 1)
    return (OutcomeSettled(**named(requested_of(state)), arrived=command.arrived, sent_on=command.sent_on),)


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


def _days_of_attempt(state: Notification) -> tuple[date, ...]:
    """From its beginning to the end of the wait for its result: one day, or two round midnight."""
    assert state.began_at is not None
    assert state.answer_by is not None
    first = london_day(state.began_at)
    last = london_day(state.answer_by)
    return tuple(first + timedelta(days=number) for number in range((last - first).days + 1))


SETTLE: Final = Slice(Settle, decide, may)
