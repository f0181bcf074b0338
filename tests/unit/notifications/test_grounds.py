"""What keeps a message from leaving, at the last moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from services.notifications.domain.grounds import CaseFacts, ClockFacts, Ground, Letter, ground_against
from services.notifications.domain.purposes import Purpose

TODAY = date(2026, 12, 1)
DUE = date(2026, 12, 4)
OPEN = CaseFacts()
RUNNING = ClockFacts("running", DUE)
REMINDER = Letter(Purpose.REMINDER, stage="stage1", clock="stage1_respond", occurrence=1, due_on=DUE)
PART = Letter(Purpose.REMINDER, stage="stage1", clock="contribution", occurrence=2, due_on=DUE)
ALL = tuple(Letter(purpose, stage="stage1", clock="stage1_respond", due_on=DUE) for purpose in Purpose)
TO_CUSTOMER = tuple(letter for letter in ALL if letter.purpose.audience == "customer")
NOTICES = tuple(
    letter for letter in ALL if letter.purpose in {Purpose.DELAY_NOTICE, Purpose.EXTENSION_NOTICE}
)
BY_PURPOSE = pytest.mark.parametrize("letter", ALL, ids=lambda letter: letter.purpose)


@BY_PURPOSE
def test_an_open_case_with_a_running_clock_keeps_nothing_back(letter: Letter) -> None:
    assert ground_against(letter, OPEN, RUNNING, TODAY) is None


@BY_PURPOSE
def test_nothing_is_sent_about_a_historic_case(letter: Letter) -> None:
    assert ground_against(letter, CaseFacts(historic=True), RUNNING, TODAY) is Ground.HISTORIC


def test_nobody_is_reminded_of_a_closed_case() -> None:
    assert ground_against(REMINDER, CaseFacts(closed=True), RUNNING, TODAY) is Ground.CASE_CLOSED


def test_nobody_is_reminded_while_the_clock_is_paused() -> None:
    assert ground_against(REMINDER, OPEN, ClockFacts("paused", DUE), TODAY) is Ground.PAUSED


def test_reminders_stop_when_the_clock_is_met_or_stopped() -> None:
    assert ground_against(REMINDER, OPEN, ClockFacts("met", DUE), TODAY) is Ground.ANSWERED
    assert ground_against(REMINDER, OPEN, ClockFacts("stopped", DUE), TODAY) is Ground.CLOCK_STOPPED


def test_reminders_stop_when_the_answer_was_issued() -> None:
    answered = CaseFacts(responded=frozenset({"stage1"}))
    assert ground_against(REMINDER, answered, RUNNING, TODAY) is Ground.ANSWERED
    assert ground_against(replace(REMINDER, stage="stage2"), answered, RUNNING, TODAY) is None


def test_reminders_of_a_part_stop_when_the_part_arrived() -> None:
    arrived = CaseFacts(contributions_over=frozenset({2}))
    assert ground_against(PART, arrived, RUNNING, TODAY) is Ground.ANSWERED
    assert ground_against(replace(PART, occurrence=1), arrived, RUNNING, TODAY) is None


def test_a_missed_clock_is_still_chased() -> None:
    assert ground_against(REMINDER, OPEN, ClockFacts("missed", DUE), date(2026, 12, 7)) is None


def test_a_reminder_of_a_date_that_was_moved_does_not_leave() -> None:
    moved = ClockFacts("running", date(2026, 12, 18))
    assert ground_against(REMINDER, OPEN, moved, TODAY) is Ground.DATE_MOVED


def test_a_message_that_would_be_untrue_by_now_does_not_leave() -> None:
    late = replace(REMINDER, leave_by=date(2026, 11, 30))
    assert ground_against(late, OPEN, RUNNING, TODAY) is Ground.TOO_LATE
    assert ground_against(replace(late, leave_by=TODAY), OPEN, RUNNING, TODAY) is None


@pytest.mark.parametrize("letter", TO_CUSTOMER, ids=lambda letter: letter.purpose)
def test_a_customer_is_not_written_to_by_an_unsafe_channel(letter: Letter) -> None:
    plan = CaseFacts(safe_channels=frozenset({"phone"}))
    assert ground_against(letter, plan, RUNNING, TODAY) is Ground.CONTACT_UNSAFE
    safe = CaseFacts(safe_channels=frozenset({"phone", "email"}))
    assert ground_against(letter, safe, RUNNING, TODAY) is None


def test_no_channel_at_all_is_a_plan_too() -> None:
    plan = CaseFacts(safe_channels=frozenset())
    assert ground_against(TO_CUSTOMER[0], plan, RUNNING, TODAY) is Ground.CONTACT_UNSAFE


@pytest.mark.parametrize("letter", TO_CUSTOMER, ids=lambda letter: letter.purpose)
def test_an_erased_person_is_not_written_to(letter: Letter) -> None:
    assert ground_against(letter, CaseFacts(customer_erased=True), RUNNING, TODAY) is Ground.ERASED


def test_the_answer_leaves_although_the_case_was_closed_with_it() -> None:
    closed = CaseFacts(closed=True, responded=frozenset({"stage1"}))
    response = Letter(Purpose.RESPONSE, stage="stage1")
    assert ground_against(response, closed, None, TODAY) is None


@pytest.mark.parametrize("letter", NOTICES, ids=lambda letter: letter.purpose)
def test_a_notice_about_time_is_dropped_when_the_answer_is_there(letter: Letter) -> None:
    assert ground_against(letter, CaseFacts(closed=True), RUNNING, TODAY) is Ground.CASE_CLOSED
    answered = CaseFacts(responded=frozenset({"stage1"}))
    assert ground_against(letter, answered, RUNNING, TODAY) is Ground.ANSWERED
    assert ground_against(letter, OPEN, ClockFacts("met", DUE), TODAY) is Ground.ANSWERED
