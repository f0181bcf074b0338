"""What keeps a message from leaving, at the last moment."""

from __future__ import annotations

from datetime import date

import pytest

from services.notifications.application.letters import load_letters
from services.notifications.domain.letter import Audience, Letter
from services.notifications.domain.suppression import (
    CaseFacts,
    ClockFacts,
    Ground,
    Meanwhile,
    ground_against,
)
from shared.contracts.notifications import Requested
from tests.unit.notifications.samples import CUSTOMER, OFFICER, requested

TODAY = date(2026, 12, 1)
DUE = date(2026, 12, 4)
OPEN = CaseFacts(officer_id=CUSTOMER)
RUNNING = ClockFacts("running", DUE)
LETTERS = load_letters()
ALL = tuple(
    requested(name, letter.audience, stage="stage1", clock="stage1_respond", due_on=DUE)
    for name, letter in LETTERS.items()
)
TO_CUSTOMER = tuple(each for each in ALL if each.audience == Audience.CUSTOMER)
NOTICES = tuple(each for each in ALL if LETTERS[each.purpose].demanded)
REMINDER = next(each for each in ALL if each.purpose == "reminder")
PART = REMINDER.model_copy(update={"clock": "contribution", "occurrence": 2})
BY_PURPOSE = pytest.mark.parametrize("letter", ALL, ids=lambda letter: letter.purpose)


def against(letter: Requested, case: CaseFacts, clock: ClockFacts | None, today: date) -> Ground | None:
    """Why this letter must not leave."""
    return ground_against(LETTERS[letter.purpose], Meanwhile(letter, case, clock), today)


def but(letter: Requested, **facts: object) -> Requested:
    """The letter with other facts."""
    return letter.model_copy(update=facts)


@BY_PURPOSE
def test_an_open_case_with_a_running_clock_keeps_nothing_back(letter: Requested) -> None:
    assert against(letter, OPEN, RUNNING, TODAY) is None


@BY_PURPOSE
def test_nothing_is_sent_about_a_historic_case(letter: Requested) -> None:
    assert against(letter, CaseFacts(historic=True), RUNNING, TODAY) is Ground.HISTORIC


def test_nobody_is_reminded_of_a_closed_case() -> None:
    assert against(REMINDER, CaseFacts(closed=True), RUNNING, TODAY) is Ground.CASE_CLOSED


def test_nobody_is_reminded_while_the_clock_is_paused() -> None:
    assert against(REMINDER, OPEN, ClockFacts("paused", DUE), TODAY) is Ground.PAUSED


def test_reminders_stop_when_the_clock_is_met_or_stopped() -> None:
    assert against(REMINDER, OPEN, ClockFacts("met", DUE), TODAY) is Ground.ANSWERED
    assert against(REMINDER, OPEN, ClockFacts("stopped", DUE), TODAY) is Ground.CLOCK_STOPPED


def test_reminders_stop_when_the_answer_was_issued() -> None:
    answered = CaseFacts(responded=frozenset({"stage1"}))
    assert against(REMINDER, answered, RUNNING, TODAY) is Ground.ANSWERED
    assert against(but(REMINDER, stage="stage2"), answered, RUNNING, TODAY) is None


def test_reminders_of_a_part_stop_when_the_part_arrived() -> None:
    arrived = CaseFacts(contributions_over=frozenset({2}))
    assert against(PART, arrived, RUNNING, TODAY) is Ground.ANSWERED
    assert against(but(PART, occurrence=1), arrived, RUNNING, TODAY) is None


def test_a_missed_clock_is_still_chased() -> None:
    assert against(REMINDER, OPEN, ClockFacts("missed", DUE), date(2026, 12, 7)) is None


def test_a_reminder_of_a_date_that_was_moved_does_not_leave() -> None:
    moved = ClockFacts("running", date(2026, 12, 18))
    assert against(REMINDER, OPEN, moved, TODAY) is Ground.DATE_MOVED


def test_a_message_that_would_be_untrue_by_now_does_not_leave() -> None:
    late = but(REMINDER, leave_by=date(2026, 11, 30))
    assert against(late, OPEN, RUNNING, TODAY) is Ground.TOO_LATE
    assert against(but(late, leave_by=TODAY), OPEN, RUNNING, TODAY) is None


def test_an_officer_is_not_written_to_about_a_case_that_somebody_else_has_by_now() -> None:
    told = Letter.model_validate(
        {
            "name": "told",
            "on": "x",
            "to": "officer",
            "template": "x",
            "words": (),
            "stops": ["assigned-elsewhere"],
        }
    )
    theirs = requested("told", "officer", recipient=OFFICER)
    for officer, ground in (
        (OFFICER, None),
        (CUSTOMER, Ground.ASSIGNED_ELSEWHERE),
        (None, Ground.ASSIGNED_ELSEWHERE),
    ):
        case = CaseFacts(officer_id=officer)
        assert ground_against(told, Meanwhile(theirs, case), TODAY) is ground
    unwritten = theirs.model_copy(update={"recipient": None})
    assert ground_against(told, Meanwhile(unwritten, CaseFacts(officer_id=CUSTOMER)), TODAY) is None


@pytest.mark.parametrize("letter", TO_CUSTOMER, ids=lambda letter: letter.purpose)
def test_a_customer_is_not_written_to_by_an_unsafe_channel(letter: Requested) -> None:
    plan = CaseFacts(safe_channels=frozenset({"phone"}))
    assert against(letter, plan, RUNNING, TODAY) is Ground.CONTACT_UNSAFE
    safe = CaseFacts(safe_channels=frozenset({"phone", "email"}))
    assert against(letter, safe, RUNNING, TODAY) is None


def test_no_channel_at_all_is_a_plan_too() -> None:
    plan = CaseFacts(safe_channels=frozenset())
    assert against(TO_CUSTOMER[0], plan, RUNNING, TODAY) is Ground.CONTACT_UNSAFE


@pytest.mark.parametrize("letter", TO_CUSTOMER, ids=lambda letter: letter.purpose)
def test_an_erased_person_is_not_written_to(letter: Requested) -> None:
    assert against(letter, CaseFacts(customer_erased=True), RUNNING, TODAY) is Ground.ERASED


def test_the_answer_leaves_although_the_case_was_closed_with_it() -> None:
    closed = CaseFacts(closed=True, responded=frozenset({"stage1"}))
    response = next(each for each in ALL if each.purpose == "response")
    assert against(response, closed, None, TODAY) is None


@pytest.mark.parametrize("letter", NOTICES, ids=lambda letter: letter.purpose)
def test_a_notice_about_time_is_dropped_when_the_answer_is_there(letter: Requested) -> None:
    assert against(letter, CaseFacts(closed=True), RUNNING, TODAY) is Ground.CASE_CLOSED
    answered = CaseFacts(responded=frozenset({"stage1"}))
    assert against(letter, answered, RUNNING, TODAY) is Ground.ANSWERED
    assert against(letter, OPEN, ClockFacts("met", DUE), TODAY) is Ground.ANSWERED
