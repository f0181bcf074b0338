"""Pauses and restarts: only those of the regime, from the day on which it had them."""

from __future__ import annotations

from datetime import date

import pytest

from services.deadlines.domain.clock.names import Fact
from services.deadlines.domain.clock.pass_due import PassDue
from services.deadlines.domain.clock.pause import Pause
from services.deadlines.domain.clock.propose_extension import ProposeExtension
from services.deadlines.domain.clock.remind import Remind
from services.deadlines.domain.clock.restart import Restart
from services.deadlines.domain.clock.resume import Resume
from shared.contracts.deadlines import ClockPaused, ClockResumed, ClockStarted, DueDateMoved, FoundMet
from tests.unit.deadlines.facts import closed, reopened, triaged
from tests.unit.deadlines.telling import REASON, Story, case_under


def test_nothing_pauses_a_corporate_complaint_code_6_4() -> None:
    case = case_under("corporate", date(2026, 6, 1))
    case.refused(Pause(kind="on-hold", on=date(2026, 6, 2)), "no-pause", "LGSCO Code 6.4")


@pytest.mark.parametrize("regime", ["corporate", "housing", "children", "adult-care", "public-health"])
def test_no_complaint_regime_has_a_pause_or_a_restart(regime: str) -> None:
    case = case_under(regime, date(2026, 6, 1))
    case.refused(Pause(kind="clarification", on=date(2026, 6, 2)), "no-pause")
    case.refused(Restart(kind="clarification", on=date(2026, 6, 2)), "no-restart")


def test_a_case_that_was_not_triaged_has_nothing_to_pause() -> None:
    Story().opened(date(2026, 6, 1)).refused(Pause(kind="fees-notice", on=date(2026, 6, 2)), "not-triaged")


def sar(received: date) -> Story:
    """A subject access request, in the version that knows the pause."""
    case = Story()
    case.opened(received)
    case.hear(triaged("sar", received, version="2026-02"))
    return case


def test_a_subject_access_request_from_before_5_february_2026_has_no_pause_si_2026_82() -> None:
    sar(date(2026, 2, 4)).refused(
        Pause(kind="clarification", on=date(2026, 2, 6)), "pause-not-in-force", "SI 2026/82"
    )
    sar(date(2026, 2, 5)).tell(Pause(kind="clarification", on=date(2026, 2, 6)))


def test_the_days_of_a_clarification_are_added_before_the_date_rolls_art_12a_5() -> None:
    case = sar(date(2026, 9, 3))
    assert case.due("respond") == date(2026, 10, 5)
    case.tell(Pause(kind="clarification", on=date(2026, 9, 8)))
    assert case.run("respond").paused_on == date(2026, 9, 8)
    case.tell(Resume(kind="clarification", on=date(2026, 9, 14)))
    assert case.due("respond") == date(2026, 10, 12)
    assert case.due("respond_extended") == date(2026, 12, 10)
    assert case.run("respond").paused_on is None


def test_a_fee_takes_its_working_days_out_both_days_included_foia_10_2() -> None:
    case = case_under("foi", date(2026, 3, 2))
    case.tell(Pause(kind="fees-notice", on=date(2026, 3, 9), until=date(2026, 3, 20)))
    assert case.due("respond") == date(2026, 4, 15)
    assert case.due("fee_payment_limit") == date(2026, 6, 8)
    assert case.run("fee_payment_limit").met_on == date(2026, 3, 20)
    assert case.run("fees_notice_latest").met_on == date(2026, 3, 9)


def test_a_pause_says_each_clock_s_date_again_even_where_it_stays() -> None:
    case = case_under("foi", date(2026, 3, 2))
    events = case.tell(Pause(kind="fees-notice", on=date(2026, 3, 14), until=date(2026, 3, 15)))
    moved = [event for event in events if isinstance(event, DueDateMoved)]
    assert {(event.clock, event.previous_due_on == event.due_on) for event in moved} == {
        ("respond", True),
        ("refusal_notice_latest", True),
        ("respond_extended", True),
    }


def test_a_fees_notice_after_its_last_day_pauses_nothing_foia_9_1() -> None:
    case = case_under("foi", date(2026, 3, 2))
    case.refused(Pause(kind="fees-notice", on=date(2026, 4, 1)), "pause-after-end")


def test_eir_particulars_and_advance_payment_have_to_be_asked_for_within_20_working_days() -> None:
    case = case_under("eir", date(2026, 6, 1))
    late = date(2026, 7, 1)
    case.refused(
        Restart(kind="particulars", on=date(2026, 7, 3), asked_on=late), "asked-too-late", "EIR reg 9"
    )
    case.today = date(2026, 6, 10)
    case.tell(
        ProposeExtension(
            clock="respond", new_due_on=date(2026, 7, 29), reason=REASON, notice_sent_on=date(2026, 6, 10)
        )
    )
    case.today = late
    case.refused(Pause(kind="advance-payment", on=late), "pause-too-late", "EIR reg 8")


def test_a_clarified_request_starts_anew_with_its_full_time_foia_1_3() -> None:
    case = case_under("foi", date(2026, 3, 2))
    events = case.tell(Restart(kind="clarification", on=date(2026, 3, 12), asked_on=date(2026, 3, 5)))
    assert case.due("respond") == date(2026, 4, 14)
    moved = [event for event in events if isinstance(event, DueDateMoved)]
    assert {event.cause for event in moved} == {"restarted"}
    assert {event.base_event for event in moved} == {"clarified"}


def test_particulars_start_an_eir_request_anew_reg_9_4() -> None:
    case = case_under("eir", date(2026, 6, 1))
    case.tell(Restart(kind="particulars", on=date(2026, 6, 10), asked_on=date(2026, 6, 3)))
    assert case.due("respond") == date(2026, 7, 9)


def test_of_identity_and_fee_the_later_day_counts_art_12a_2() -> None:
    case = sar(date(2026, 6, 1))
    case.tell(Restart(kind="fee", on=date(2026, 6, 10)))
    case.tell(Restart(kind="identity", on=date(2026, 6, 5)))
    assert case.run("respond").base_date == date(2026, 6, 10)
    assert case.due("respond") == date(2026, 7, 10)


def test_a_pause_from_before_a_restart_takes_nothing_out_of_the_new_time() -> None:
    case = sar(date(2026, 6, 1))
    case.tell(Pause(kind="clarification", on=date(2026, 6, 2), until=date(2026, 6, 4)))
    case.tell(Restart(kind="identity", on=date(2026, 6, 10)))
    assert case.due("respond") == date(2026, 7, 10)


def test_what_has_not_happened_yet_is_not_recorded() -> None:
    case = case_under("foi", date(2026, 3, 2), today=date(2026, 3, 10))
    tomorrow = date(2026, 3, 11)
    case.refused(Pause(kind="fees-notice", on=tomorrow), "in-the-future")
    case.refused(Restart(kind="clarification", on=tomorrow), "in-the-future")
    case.tell(Pause(kind="fees-notice", on=date(2026, 3, 9)))
    case.refused(Resume(kind="fees-notice", on=tomorrow), "in-the-future")


def test_a_pause_lasts_once_and_ends_once() -> None:
    case = case_under("foi", date(2026, 3, 2))
    case.refused(Resume(kind="fees-notice", on=date(2026, 3, 9)), "not-paused", "FOIA")
    case.tell(Pause(kind="fees-notice", on=date(2026, 3, 9)))
    case.refused(Pause(kind="fees-notice", on=date(2026, 3, 10)), "already-paused", "FOIA")
    case.refused(Resume(kind="fees-notice", on=date(2026, 3, 8)), "pause-reversed")
    case.tell(Resume(kind="fees-notice", on=date(2026, 3, 10)))
    case.refused(Resume(kind="fees-notice", on=date(2026, 3, 10)), "not-paused")


def test_nothing_fires_for_a_paused_clock() -> None:
    case = case_under("foi", date(2026, 3, 2))
    due_on = case.due("respond")
    case.tell(Pause(kind="fees-notice", on=date(2026, 3, 9)))
    case.today = date(2026, 4, 1)
    case.refused(Remind(clock="respond", occurrence=1, due_on=due_on, offset=0), "paused")
    case.refused(PassDue(clock="respond", occurrence=1, due_on=due_on), "paused")


def test_changing_a_date_never_changes_the_day_of_receipt() -> None:
    case = case_under("foi", date(2026, 3, 2))
    case.tell(Restart(kind="clarification", on=date(2026, 3, 12)))
    receipts = [fact.on for fact in case.state.facts if fact.fact == Fact.TRIAGED]
    assert receipts == [date(2026, 3, 2)]


def test_a_pause_entered_after_the_answer_finds_the_clock_met_in_time() -> None:
    case = sar(date(2026, 9, 3))
    case.today = date(2026, 10, 6)
    case.tell(PassDue(clock="respond", occurrence=1, due_on=date(2026, 10, 5)))
    case.happened("request:responded", date(2026, 10, 6))
    assert case.run("respond").late
    events = case.tell(Pause(kind="clarification", on=date(2026, 9, 8), until=date(2026, 9, 14)))
    assert [type(event) for event in events if not isinstance(event, DueDateMoved)] == [
        ClockPaused,
        ClockResumed,
        FoundMet,
    ]
    assert not case.run("respond").late


def test_an_answer_while_the_clock_is_paused_is_in_time() -> None:
    case = sar(date(2026, 9, 3))
    case.tell(Pause(kind="clarification", on=date(2026, 9, 30)))
    case.happened("request:responded", date(2026, 10, 20))
    assert not case.run("respond").late


def test_an_answered_request_is_not_started_anew() -> None:
    case = case_under("foi", date(2026, 3, 2))
    case.happened("request:responded", date(2026, 3, 10))
    case.refused(Restart(kind="clarification", on=date(2026, 3, 12)), "already-met")


def test_a_clock_that_starts_while_the_pause_lasts_stands_still_from_the_first() -> None:
    case = sar(date(2026, 9, 3))
    case.tell(Pause(kind="clarification", on=date(2026, 9, 8)))
    case.hear(closed(date(2026, 9, 9)))
    events = case.hear(reopened(date(2026, 9, 10)))
    assert sum(isinstance(event, ClockStarted) for event in events) == 3
    assert case.run("respond", 2).paused_on == date(2026, 9, 8)


def test_a_request_that_awaits_clarification_stands_still_until_it_comes_foia_1_3() -> None:
    case = case_under("foi", date(2026, 3, 2), today=date(2026, 3, 5))
    first = case.due("respond")
    case.tell(Restart(kind="clarification", asked_on=date(2026, 3, 5)))
    assert case.run("respond").paused_on == date(2026, 3, 5)
    case.refused(Restart(kind="clarification", asked_on=date(2026, 3, 5)), "already-asked", "FOIA")
    case.today = date(2026, 4, 20)
    case.refused(PassDue(clock="respond", occurrence=1, due_on=first), "paused")
    events = case.tell(Restart(kind="clarification", on=date(2026, 4, 20)))
    assert case.run("respond").paused_on is None
    assert case.run("respond").base_date == date(2026, 4, 20)
    assert {event.cause for event in events if isinstance(event, DueDateMoved)} == {"restarted"}


def test_a_council_that_goes_on_without_the_clarification_has_its_old_date() -> None:
    case = case_under("foi", date(2026, 3, 2), today=date(2026, 3, 9))
    first = case.due("respond")
    case.tell(Restart(kind="clarification", asked_on=date(2026, 3, 5)))
    case.tell(Resume(kind="clarification", on=date(2026, 3, 9)))
    assert (case.due("respond"), case.run("respond").paused_on) == (first, None)


def test_an_answer_to_a_request_that_awaits_clarification_is_not_late() -> None:
    case = case_under("foi", date(2026, 3, 2))
    case.tell(Restart(kind="clarification", asked_on=date(2026, 3, 5)))
    case.happened("request:responded", date(2026, 4, 20))
    assert not case.run("respond").late


def test_a_wait_and_a_pause_end_each_by_itself() -> None:
    case = sar(date(2026, 9, 3))
    case.tell(Pause(kind="clarification", on=date(2026, 9, 8)))
    case.tell(Restart(kind="identity", asked_on=date(2026, 9, 8)))
    case.tell(Resume(kind="clarification", on=date(2026, 9, 14)))
    assert case.run("respond").paused_on == date(2026, 9, 8)
    case.tell(Restart(kind="identity", on=date(2026, 9, 21)))
    assert case.run("respond").paused_on is None
    assert case.due("respond") == date(2026, 10, 21)


def test_a_restart_says_when_it_was_asked_for_or_came_in() -> None:
    case_under("foi", date(2026, 3, 2)).refused(Restart(kind="clarification"), "nothing-happened")
