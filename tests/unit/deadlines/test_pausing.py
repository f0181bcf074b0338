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
from shared.contracts.deadlines import (
    ClockPaused,
    ClockResumed,
    ClockStarted,
    DueDateMoved,
    FactNoted,
    FoundMet,
)
from tests.unit.deadlines.facts import closed, happened, opened, received, reopened, triaged
from tests.unit.deadlines.telling import REASON, given, hear, run

REQUEST = received("foi", date(2026, 3, 2))
"""A request for information of 2 March 2026: due on 30 March."""
FEES_NOTICE = Pause(kind="fees-notice", on=date(2026, 3, 9))


def sar(on: date) -> tuple[FactNoted, FactNoted]:
    """A subject access request, in the version that knows the pause."""
    return opened(on), triaged("sar", on, version="2026-02")


def test_nothing_pauses_a_corporate_complaint_code_6_4() -> None:
    case = given(*received("corporate", date(2026, 6, 1)))
    refused = case.when(Pause(kind="on-hold", on=date(2026, 6, 2))).refused("no-pause")
    assert refused.citation.startswith("LGSCO Code 6.4")


@pytest.mark.parametrize("regime", ["corporate", "housing", "children", "adult-care", "public-health"])
def test_no_complaint_regime_has_a_pause_or_a_restart(regime: str) -> None:
    case = given(*received(regime, date(2026, 6, 1)))
    case.when(Pause(kind="clarification", on=date(2026, 6, 2))).refused("no-pause")
    case.when(Restart(kind="clarification", on=date(2026, 6, 2))).refused("no-restart")


def test_a_case_that_was_not_triaged_has_nothing_to_pause() -> None:
    given(opened(date(2026, 6, 1))).when(Pause(kind="fees-notice", on=date(2026, 6, 2))).refused(
        "not-triaged"
    )


def test_a_subject_access_request_from_before_5_february_2026_has_no_pause_si_2026_82() -> None:
    pause = Pause(kind="clarification", on=date(2026, 2, 6))
    given(*sar(date(2026, 2, 4))).when(pause).refused(
        "pause-not-in-force", "UK GDPR Art 12A(5); SI 2026/82 reg 4"
    )
    assert given(*sar(date(2026, 2, 5))).when(pause).events()


def test_the_days_of_a_clarification_are_added_before_the_date_rolls_art_12a_5() -> None:
    paused = given(*sar(date(2026, 9, 3)), Pause(kind="clarification", on=date(2026, 9, 8)))
    assert (run(paused).due_on, run(paused).paused_on) == (date(2026, 10, 5), date(2026, 9, 8))
    case = paused.when(Resume(kind="clarification", on=date(2026, 9, 14)))
    assert (run(case).due_on, run(case).paused_on) == (date(2026, 10, 12), None)
    assert run(case, "respond_extended").due_on == date(2026, 12, 10)


def test_a_fee_takes_its_working_days_out_both_days_included_foia_10_2() -> None:
    case = given(*REQUEST).when(Pause(kind="fees-notice", on=date(2026, 3, 9), until=date(2026, 3, 20)))
    assert run(case).due_on == date(2026, 4, 15)
    assert run(case, "fee_payment_limit").due_on == date(2026, 6, 8)
    assert run(case, "fee_payment_limit").met_on == date(2026, 3, 20)
    assert run(case, "fees_notice_latest").met_on == date(2026, 3, 9)


def test_a_pause_says_each_clock_s_date_again_even_where_it_stays() -> None:
    case = given(*REQUEST).when(Pause(kind="fees-notice", on=date(2026, 3, 14), until=date(2026, 3, 15)))
    moved = [event for event in case.events() if isinstance(event, DueDateMoved)]
    assert {(event.clock, event.previous_due_on == event.due_on) for event in moved} == {
        ("respond", True),
        ("refusal_notice_latest", True),
        ("respond_extended", True),
    }


def test_a_fees_notice_after_its_last_day_pauses_nothing_foia_9_1() -> None:
    given(*REQUEST).when(Pause(kind="fees-notice", on=date(2026, 4, 1))).refused("pause-after-end")


def test_eir_particulars_have_to_be_asked_for_within_20_working_days() -> None:
    given(*received("eir", date(2026, 6, 1))).when(
        Restart(kind="particulars", on=date(2026, 7, 3), asked_on=date(2026, 7, 1))
    ).refused("asked-too-late", "EIR reg 9(2), 9(4)")


def test_eir_advance_payment_has_to_be_asked_for_within_20_working_days_even_of_an_extended_request() -> None:
    given(
        *received("eir", date(2026, 6, 1)),
        date(2026, 6, 10),
        ProposeExtension(
            clock="respond", new_due_on=date(2026, 7, 29), reason=REASON, notice_sent_on=date(2026, 6, 10)
        ),
        date(2026, 7, 1),
    ).when(Pause(kind="advance-payment", on=date(2026, 7, 1))).refused("pause-too-late", "EIR reg 8(4)-(6)")


def test_a_clarified_request_starts_anew_with_its_full_time_foia_1_3() -> None:
    case = given(*REQUEST).when(
        Restart(kind="clarification", on=date(2026, 3, 12), asked_on=date(2026, 3, 5))
    )
    assert run(case).due_on == date(2026, 4, 14)
    moved = [event for event in case.events() if isinstance(event, DueDateMoved)]
    assert {(event.cause, event.base_event) for event in moved} == {("restarted", "clarified")}


def test_particulars_start_an_eir_request_anew_reg_9_4() -> None:
    case = given(*received("eir", date(2026, 6, 1))).when(
        Restart(kind="particulars", on=date(2026, 6, 10), asked_on=date(2026, 6, 3))
    )
    assert run(case).due_on == date(2026, 7, 9)


def test_of_identity_and_fee_the_later_day_counts_art_12a_2() -> None:
    case = given(*sar(date(2026, 6, 1)), Restart(kind="fee", on=date(2026, 6, 10))).when(
        Restart(kind="identity", on=date(2026, 6, 5))
    )
    assert (run(case).base_date, run(case).due_on) == (date(2026, 6, 10), date(2026, 7, 10))


def test_a_pause_from_before_a_restart_takes_nothing_out_of_the_new_time() -> None:
    case = given(
        *sar(date(2026, 6, 1)), Pause(kind="clarification", on=date(2026, 6, 2), until=date(2026, 6, 4))
    ).when(Restart(kind="identity", on=date(2026, 6, 10)))
    assert run(case).due_on == date(2026, 7, 10)


def test_what_has_not_happened_yet_is_not_recorded() -> None:
    today, tomorrow = date(2026, 3, 10), date(2026, 3, 11)
    given(*REQUEST, today).when(Pause(kind="fees-notice", on=tomorrow)).refused("in-the-future")
    given(*REQUEST, today).when(Restart(kind="clarification", on=tomorrow)).refused("in-the-future")
    given(*REQUEST, today, FEES_NOTICE).when(Resume(kind="fees-notice", on=tomorrow)).refused("in-the-future")


def test_a_pause_lasts_once() -> None:
    given(*REQUEST, FEES_NOTICE).when(Pause(kind="fees-notice", on=date(2026, 3, 10))).refused(
        "already-paused", "FOIA s.9, s.10(2)"
    )


def test_a_pause_that_lasts_ends_once_and_not_before_it_began() -> None:
    last_day = Resume(kind="fees-notice", on=date(2026, 3, 10))
    given(*REQUEST).when(last_day).refused("not-paused", "FOIA s.9, s.10(2)")
    given(*REQUEST, FEES_NOTICE).when(Resume(kind="fees-notice", on=date(2026, 3, 8))).refused(
        "pause-reversed"
    )
    given(*REQUEST, FEES_NOTICE, last_day).when(last_day).refused("not-paused")


def test_nothing_fires_for_a_paused_clock() -> None:
    case = given(*REQUEST, FEES_NOTICE, date(2026, 4, 1))
    due_on = run(case).due_on
    case.when(Remind(clock="respond", occurrence=1, due_on=due_on, offset=0)).refused("paused")
    case.when(PassDue(clock="respond", occurrence=1, due_on=due_on)).refused("paused")


def test_changing_a_date_never_changes_the_day_of_receipt() -> None:
    case = given(*REQUEST).when(Restart(kind="clarification", on=date(2026, 3, 12)))
    receipts = [fact.on for fact in case.state().facts if fact.fact == Fact.TRIAGED]
    assert receipts == [date(2026, 3, 2)]


def test_a_pause_entered_after_the_answer_finds_the_clock_met_in_time() -> None:
    answered = given(
        *sar(date(2026, 9, 3)),
        PassDue(clock="respond", occurrence=1, due_on=date(2026, 10, 5)),
        happened("request:responded", date(2026, 10, 6)),
    )
    assert run(answered).late
    case = answered.when(Pause(kind="clarification", on=date(2026, 9, 8), until=date(2026, 9, 14)))
    assert [type(event) for event in case.events() if not isinstance(event, DueDateMoved)] == [
        ClockPaused,
        ClockResumed,
        FoundMet,
    ]
    assert not run(case).late


def test_an_answer_while_the_clock_is_paused_is_in_time() -> None:
    case = given(*sar(date(2026, 9, 3)), Pause(kind="clarification", on=date(2026, 9, 30))).when(
        hear(happened("request:responded", date(2026, 10, 20)))
    )
    assert not run(case).late


def test_an_answered_request_is_not_started_anew() -> None:
    given(*REQUEST, happened("request:responded", date(2026, 3, 10))).when(
        Restart(kind="clarification", on=date(2026, 3, 12))
    ).refused("already-met")


def test_a_clock_that_starts_while_the_pause_lasts_stands_still_from_the_first() -> None:
    case = given(
        *sar(date(2026, 9, 3)), Pause(kind="clarification", on=date(2026, 9, 8)), closed(date(2026, 9, 9))
    ).when(hear(reopened(date(2026, 9, 10))))
    assert sum(isinstance(event, ClockStarted) for event in case.events()) == 3
    assert run(case, "respond", 2).paused_on == date(2026, 9, 8)


ASKED = Restart(kind="clarification", asked_on=date(2026, 3, 5))


def test_a_request_that_awaits_clarification_stands_still_foia_1_3() -> None:
    asked = given(*REQUEST, ASKED, date(2026, 4, 20))
    assert run(asked).paused_on == date(2026, 3, 5)
    asked.when(ASKED).refused("already-asked", "FOIA s.1(3), s.10(6)")
    asked.when(PassDue(clock="respond", occurrence=1, due_on=run(asked).due_on)).refused("paused")


def test_a_request_that_is_clarified_runs_again_from_that_day_foia_1_3() -> None:
    case = given(*REQUEST, ASKED).when(Restart(kind="clarification", on=date(2026, 4, 20)))
    assert (run(case).paused_on, run(case).base_date) == (None, date(2026, 4, 20))
    assert {event.cause for event in case.events() if isinstance(event, DueDateMoved)} == {"restarted"}


def test_a_council_that_goes_on_without_the_clarification_has_its_old_date() -> None:
    case = given(*REQUEST, ASKED).when(Resume(kind="clarification", on=date(2026, 3, 9)))
    assert (run(case).due_on, run(case).paused_on) == (run(given(*REQUEST)).due_on, None)


def test_an_answer_to_a_request_that_awaits_clarification_is_not_late() -> None:
    case = given(*REQUEST, ASKED).when(hear(happened("request:responded", date(2026, 4, 20))))
    assert not run(case).late


def test_a_wait_and_a_pause_end_each_by_itself() -> None:
    both = (
        *sar(date(2026, 9, 3)),
        Pause(kind="clarification", on=date(2026, 9, 8)),
        Restart(kind="identity", asked_on=date(2026, 9, 8)),
        Resume(kind="clarification", on=date(2026, 9, 14)),
    )
    assert run(given(*both)).paused_on == date(2026, 9, 8)
    case = given(*both).when(Restart(kind="identity", on=date(2026, 9, 21)))
    assert (run(case).paused_on, run(case).due_on) == (None, date(2026, 10, 21))


def test_a_restart_says_when_it_was_asked_for_or_came_in() -> None:
    given(*REQUEST).when(Restart(kind="clarification")).refused("nothing-happened")
