"""A message is sent once at most; an attempt without a result is settled by a person."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from services.notifications.domain.message import FOR_OFFICERS, Given, MessageDecider, message_decider
from services.notifications.domain.message.attempt import BeginAttempt, GiveUpWaiting
from services.notifications.domain.message.identity import message_id, notification_id
from services.notifications.domain.message.record_result import RecordResult
from services.notifications.domain.message.request import Request
from services.notifications.domain.message.result import (
    Accepted,
    NoAnswer,
    PermanentRefusal,
    Result,
    TemporaryRefusal,
)
from services.notifications.domain.message.settle import Settle
from services.notifications.domain.message.suppress import Suppress
from shared.contracts.notifications import (
    AttemptBegan,
    AttemptFailed,
    Failed,
    NotificationEvent,
    OutcomeSettled,
    OutcomeUnknown,
    Sent,
    Suppressed,
)
from shared.kit.decider import Command, Refused, offers
from tests.unit.given_when_then import given
from tests.unit.notifications.samples import (
    ASKED_BY,
    CUSTOMER,
    NOON,
    NOTIFICATION,
    WAIT,
    WAITS,
    began,
    requested,
)

PERSON = f"person:{CUSTOMER}"


def at(now: datetime, principal: str = PERSON) -> MessageDecider:
    """The rules of a message at that moment, for whoever asks."""
    return message_decider(Given(principal, now, WAITS))


def ended(result: Result, attempt: int = 1) -> RecordResult:
    """The attempt ended so."""
    return RecordResult(attempt=attempt, result=result)


def settle(*, arrived: bool, sent_on: date | None = None) -> Settle:
    """A person's word on the message."""
    return Settle(notification=NOTIFICATION, arrived=arrived, sent_on=sent_on)


MESSAGE = at(NOON)
ACCEPTED = ended(Accepted("250 OK"))
LATER = TemporaryRefusal(451, "451 later")
BEGIN = BeginAttempt(answer_by=NOON + WAIT)
SENT = Sent(
    notification=NOTIFICATION,
    purpose="response",
    attempt=1,
    sent_on=date(2026, 12, 1),
    sent_at=NOON,
    message_id=requested().message_id,
    answer="250 OK",
    stage="stage1",
)
FAILED = Failed(
    notification=NOTIFICATION, purpose="response", attempt=1, code=550, answer="550 no", stage="stage1"
)
UNKNOWN = OutcomeUnknown(purpose="response", attempt=1)
SUPPRESSED = Suppressed(
    notification=NOTIFICATION, purpose="response", ground="contact-unsafe", stage="stage1"
)


def test_a_request_writes_the_message_down() -> None:
    given(MESSAGE).when(Request(message=requested())).then(requested())


def test_a_request_that_must_not_leave_says_why_at_once() -> None:
    given(MESSAGE).when(Request(message=requested(), ground="contact-unsafe")).then(requested(), SUPPRESSED)


def test_the_same_request_again_changes_nothing() -> None:
    given(MESSAGE, requested(), began(), SENT).when(Request(message=requested())).nothing()


def test_an_attempt_is_recorded_before_the_first_byte() -> None:
    given(MESSAGE, requested()).when(BEGIN).then(began())


@pytest.mark.parametrize(
    "past",
    [
        (began(), SENT),
        (began(), FAILED),
        (began(), UNKNOWN),
        (SUPPRESSED,),
        (
            began(),
            UNKNOWN,
            OutcomeSettled(notification=NOTIFICATION, purpose="response", arrived=False, stage="stage1"),
        ),
    ],
    ids=["sent", "failed", "unknown", "suppressed", "settled"],
)
def test_what_is_over_is_never_tried_again(past: tuple[NotificationEvent, ...]) -> None:
    given(MESSAGE, requested(), *past).when(BEGIN).refused("not-to-be-sent")


def test_two_attempts_are_never_under_way_together() -> None:
    given(MESSAGE, requested(), began()).when(BEGIN).refused("under-way-already")


def test_the_day_of_sending_is_the_day_in_london() -> None:
    late = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    [sent] = given(at(late), requested(), began(at=late)).when(ACCEPTED).events()
    assert isinstance(sent, Sent)
    assert sent.sent_on == date(2026, 7, 1)


def test_an_accepted_message_is_sent() -> None:
    given(MESSAGE, requested(), began()).when(ACCEPTED).then(SENT)


def test_a_result_recorded_again_changes_nothing() -> None:
    given(MESSAGE, requested(), began(), SENT).when(ACCEPTED).nothing()


def test_a_result_of_an_attempt_that_never_was_is_refused() -> None:
    given(MESSAGE, requested(), began()).when(ended(Accepted("250 OK"), attempt=2)).refused("no-such-attempt")


@pytest.mark.parametrize(("attempt", "wait"), [(1, WAITS[0]), (2, WAITS[1])])
def test_a_refusal_for_now_waits_longer_each_time(attempt: int, wait: timedelta) -> None:
    refused = ended(LATER, attempt)
    earlier = [event for number in range(1, attempt) for event in _refused_for_now(number)]
    given(MESSAGE, requested(), *earlier, began(attempt)).when(refused).then(
        AttemptFailed(
            purpose="response", attempt=attempt, code=451, answer="451 later", try_again_at=NOON + wait
        )
    )


def _refused_for_now(attempt: int) -> tuple[AttemptBegan, AttemptFailed]:
    return began(attempt), AttemptFailed(purpose="response", attempt=attempt, answer="", try_again_at=NOON)


def test_when_the_tries_are_used_up_a_person_has_to_act() -> None:
    past = [event for attempt in (1, 2) for event in _refused_for_now(attempt)]
    refused = ended(LATER, attempt=3)
    given(MESSAGE, requested(), *past, began(3)).when(refused).then(
        FAILED.model_copy(update={"attempt": 3, "code": 451, "answer": "451 later"})
    )


def test_nothing_is_tried_again_before_its_time() -> None:
    waiting = AttemptFailed(
        purpose="response", attempt=1, code=451, answer="451", try_again_at=NOON + WAITS[0]
    )
    given(MESSAGE, requested(), began(), waiting).when(BEGIN).refused("too-early")


def test_the_next_attempt_has_the_next_number() -> None:
    waiting = AttemptFailed(purpose="response", attempt=1, code=451, answer="451", try_again_at=NOON)
    given(MESSAGE, requested(), began(), waiting).when(BEGIN).then(began(2))


def test_a_refusal_for_good_is_failed() -> None:
    given(MESSAGE, requested(), began()).when(ended(PermanentRefusal(550, "550 no"))).then(FAILED)


def test_an_attempt_without_a_result_ends_as_unknown() -> None:
    given(at(NOON + WAIT), requested(), began()).when(GiveUpWaiting()).then(UNKNOWN)


def test_a_result_is_waited_for_as_long_as_was_said() -> None:
    early = at(NOON + WAIT - timedelta(seconds=1))
    given(early, requested(), began()).when(GiveUpWaiting()).refused("answer-may-come")


def test_giving_up_on_what_has_a_result_changes_nothing() -> None:
    given(at(NOON + WAIT), requested(), began(), SENT).when(GiveUpWaiting()).nothing()


def test_a_lost_answer_is_unknown() -> None:
    given(MESSAGE, requested(), began()).when(ended(NoAnswer("lost"))).then(UNKNOWN)


def test_a_sender_that_was_only_frozen_still_says_that_it_was_sent() -> None:
    given(MESSAGE, requested(), began(), UNKNOWN).when(ACCEPTED).then(SENT)


def test_what_was_given_up_is_not_tried_again_even_when_the_refusal_was_for_now() -> None:
    refused = ended(LATER)
    given(MESSAGE, requested(), began(), UNKNOWN).when(refused).then(
        FAILED.model_copy(update={"code": 451, "answer": "451 later"})
    )


def test_a_message_can_be_suppressed_until_it_is_began() -> None:
    given(MESSAGE, requested()).when(Suppress(ground="contact-unsafe")).then(SUPPRESSED)
    given(MESSAGE, requested(), began()).when(Suppress(ground="contact-unsafe")).refused(
        "too-late-to-suppress"
    )


def test_a_person_settles_that_it_arrived_on_the_day_of_the_attempt() -> None:
    told = settle(arrived=True, sent_on=NOON.date())
    given(MESSAGE, requested(), began(), UNKNOWN).when(told).then(
        OutcomeSettled(
            notification=NOTIFICATION,
            purpose="response",
            arrived=True,
            sent_on=NOON.date(),
            stage="stage1",
        )
    )


@pytest.mark.parametrize("days", [-1, 1])
def test_it_cannot_have_been_sent_on_a_day_without_an_attempt(days: int) -> None:
    told = settle(arrived=True, sent_on=NOON.date() + timedelta(days=days))
    given(MESSAGE, requested(), began(), UNKNOWN).when(told).refused("impossible-day")


@pytest.mark.parametrize("principal", ["service:notifications", "system:crm"])
def test_only_a_person_settles(principal: str) -> None:
    told = settle(arrived=True, sent_on=NOON.date())
    given(at(NOON, principal), requested(), began(), UNKNOWN).when(told).refused("only-a-person")


def test_what_is_offered_of_an_unknown_is_its_day_or_that_it_did_not_arrive() -> None:
    state = given(MESSAGE, requested(), began(), UNKNOWN).state()
    [offer] = offers(FOR_OFFICERS, state, Given(PERSON, NOON))
    assert [choice.values for choice in offer.choices] == [
        {"arrived": (True,), "sent_on": (NOON.date(),)},
        {"arrived": (False,), "sent_on": (None,)},
    ]


def test_what_was_sent_needs_no_settling() -> None:
    given(MESSAGE, requested(), began(), SENT).when(settle(arrived=True, sent_on=NOON.date())).refused(
        "nothing-to-settle"
    )


@pytest.mark.parametrize("past", [(began(), FAILED), (SUPPRESSED,)], ids=["failed", "suppressed"])
def test_what_never_left_can_only_be_settled_as_not_arrived(past: tuple[NotificationEvent, ...]) -> None:
    stream = given(MESSAGE, requested(), *past)
    stream.when(settle(arrived=True, sent_on=NOON.date())).refused("did-not-leave")
    stream.when(settle(arrived=False)).then_kinds(OutcomeSettled)


@pytest.mark.parametrize(
    ("arrived", "sent_on", "code"), [(True, None, "no-day"), (False, NOON.date(), "day-without-arrival")]
)
def test_a_day_is_given_exactly_when_it_arrived(arrived: bool, sent_on: date | None, code: str) -> None:
    given(MESSAGE, requested(), began(), UNKNOWN).when(settle(arrived=arrived, sent_on=sent_on)).refused(code)


def test_nothing_can_be_asked_of_a_message_that_was_never_requested() -> None:
    given(MESSAGE).when(BEGIN).refused("no-such-notification")


COMMANDS: tuple[Command, ...] = (
    Request(message=requested()),
    BEGIN,
    ACCEPTED,
    ended(LATER),
    ended(PermanentRefusal(550, "550 no")),
    ended(NoAnswer("lost")),
    ended(NoAnswer("lost"), attempt=2),
    Suppress(ground="paused"),
    GiveUpWaiting(),
    settle(arrived=True, sent_on=NOON.date()),
)


MOMENTS = (NOON, NOON + timedelta(hours=1), NOON + timedelta(days=1))


@drawn(st.lists(st.tuples(st.sampled_from(COMMANDS), st.sampled_from(MOMENTS)), max_size=25))
def test_in_whatever_order_commands_come_no_attempt_begins_that_could_be_a_second_mail(
    asked: list[tuple[Command, datetime]],
) -> None:
    events: list[NotificationEvent] = []
    for command, moment in asked:
        try:
            events.extend(at(moment).decide(command, MESSAGE.fold(events)))
        except Refused:
            continue
    kinds: list[type[Any]] = [type(event) for event in events]
    for place, kind in enumerate(kinds):
        if kind is AttemptBegan and place > 1:
            assert kinds[place - 1] is AttemptFailed
    assert kinds.count(Sent) <= 1


def test_asking_twice_for_the_same_message_names_the_same_one() -> None:
    first = notification_id(ASKED_BY, "reminder", "department", "officer")
    assert first == notification_id(ASKED_BY, "reminder", "department", "officer")
    assert first != notification_id(ASKED_BY, "reminder", "department", "head-of-service")


def test_the_message_id_carries_the_reference_and_nothing_that_could_end_a_header() -> None:
    made = message_id(NOTIFICATION, "CR 2026>\r\nBcc: x@example.com", "anytown.example")
    assert made == f"<CR-2026-Bcc-x-example-com.{NOTIFICATION}@anytown.example>"
