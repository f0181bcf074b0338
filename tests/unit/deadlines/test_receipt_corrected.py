"""When the day of receipt is corrected, everything that counts from it moves by events (law: received is received)."""

from __future__ import annotations

from datetime import date

from services.deadlines.domain.clock.pass_due import PassDue
from services.deadlines.domain.clock.pause import Pause
from shared.contracts.deadlines import ClockResumed, DueDateMoved, FoundMet, Met, Missed
from tests.unit.deadlines.facts import corrected, happened, opened, received, triaged
from tests.unit.deadlines.telling import given, hear, run

FIRST_OF_JUNE, EIGHTH_OF_JUNE = date(2026, 6, 1), date(2026, 6, 8)
NINTH_OF_FEBRUARY, LAST_OF_JANUARY = date(2026, 2, 9), date(2026, 1, 31)


def test_a_request_that_lay_with_another_officer_since_1_june_is_due_20_working_days_from_then() -> None:
    case = given(*received("foi", EIGHTH_OF_JUNE)).when(hear(corrected("foi", FIRST_OF_JUNE)))
    (moved,) = [
        event for event in case.events() if isinstance(event, DueDateMoved) and event.clock == "respond"
    ]
    assert (moved.cause, moved.previous_due_on, moved.due_on) == (
        "rebased",
        date(2026, 7, 7),
        date(2026, 6, 30),
    )


def test_an_answer_that_was_in_time_is_late_by_the_day_that_is_right() -> None:
    answered = given(*received("foi", EIGHTH_OF_JUNE), happened("request:responded", date(2026, 7, 2)))
    assert not run(answered).late
    case = answered.when(hear(corrected("foi", FIRST_OF_JUNE)))
    assert run(case).late
    assert any(isinstance(event, Met) and event.late for event in case.events())


def test_an_answer_that_was_missed_is_found_met_by_the_day_that_is_right() -> None:
    answered = given(
        *received("foi", FIRST_OF_JUNE),
        PassDue(clock="respond", occurrence=1, due_on=date(2026, 6, 30)),
        happened("request:responded", date(2026, 7, 2)),
    )
    assert run(answered).late
    case = answered.when(hear(corrected("foi", EIGHTH_OF_JUNE)))
    assert any(isinstance(event, FoundMet) for event in case.events())


def test_a_triage_after_the_correction_is_the_last_word() -> None:
    case = given(opened(EIGHTH_OF_JUNE), corrected("foi", FIRST_OF_JUNE)).when(
        hear(triaged("foi", FIRST_OF_JUNE))
    )
    assert run(case).due_on == date(2026, 6, 30)


def test_a_triage_before_the_correction_is_not_the_last_word() -> None:
    case = given(*received("foi", FIRST_OF_JUNE)).when(hear(corrected("foi", date(2026, 6, 2))))
    assert run(case).due_on == date(2026, 7, 1)


def test_a_correction_that_is_heard_before_the_triage_that_it_corrects_counts_as_well() -> None:
    triage, correction = triaged("foi", EIGHTH_OF_JUNE), corrected("foi", FIRST_OF_JUNE)
    case = given(opened(EIGHTH_OF_JUNE), correction).when(hear(triage))
    assert run(case).due_on == date(2026, 6, 30)


def test_a_pause_that_the_law_did_not_have_yet_on_the_day_that_is_right_takes_no_days_out() -> None:
    """UK GDPR Art 12A(5), SI 2026/82 reg 4: for what is received on or after 5 February 2026 alone."""
    paused = given(
        *received("sar", NINTH_OF_FEBRUARY),
        Pause(kind="clarification", on=date(2026, 2, 12), until=date(2026, 2, 16)),
    )
    assert run(paused).due_on == date(2026, 3, 16)
    case = paused.when(hear(corrected("sar", LAST_OF_JANUARY)))
    assert run(case).due_on == date(2026, 3, 2)


def test_such_a_pause_ends_where_it_lasts() -> None:
    case = given(
        *received("sar", NINTH_OF_FEBRUARY),
        Pause(kind="clarification", on=date(2026, 2, 12)),
        date(2026, 2, 20),
    ).when(hear(corrected("sar", LAST_OF_JANUARY)))
    assert any(isinstance(event, ClockResumed) for event in case.events())
    assert run(case).paused_on is None


def test_a_clock_whose_pause_ended_so_is_chased_again() -> None:
    given(
        *received("sar", NINTH_OF_FEBRUARY),
        Pause(kind="clarification", on=date(2026, 2, 12)),
        corrected("sar", LAST_OF_JANUARY),
        date(2026, 3, 3),
    ).when(PassDue(clock="respond", occurrence=1, due_on=date(2026, 3, 2))).then(
        Missed(clock="respond", occurrence=1, due_on=date(2026, 3, 2))
    )
