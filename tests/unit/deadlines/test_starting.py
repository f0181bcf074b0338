"""Which clocks start when, from which day, and what meets them."""

from __future__ import annotations

from datetime import date

from services.deadlines.domain.clock.names import Fact
from services.deadlines.domain.clock.pass_due import PassDue
from shared.contracts.deadlines import ClockStarted, ClockStopped, DueDateMoved, FoundMet, Met
from shared.rules.regimes import Working
from tests.unit.deadlines.facts import (
    HOUSING_DEPARTMENT,
    asked_for,
    closed,
    enquiry,
    fact,
    happened,
    of_referral,
    received,
    reopened,
    triaged,
)
from tests.unit.deadlines.telling import given, hear, run

FIRST_OF_JUNE = date(2026, 6, 1)
COMPLAINT = received("corporate", FIRST_OF_JUNE)
CHILDREN = received("children", date(2026, 1, 5))
REQUEST = received("foi", FIRST_OF_JUNE)
ACKNOWLEDGED = happened("stage1:acknowledged", date(2026, 6, 3))


def test_a_corporate_complaint_is_acknowledged_within_5_working_days_of_receipt_code_6_2() -> None:
    case = given(*COMPLAINT)
    assert run(case, "stage1_acknowledge").due_on == date(2026, 6, 8)
    assert run(case, "stage1_backstop").due_on == date(2026, 6, 22)
    assert ("stage1_respond", 1) not in case.state().runs


def test_the_answer_is_due_10_working_days_from_the_acknowledgement_not_from_receipt_code_6_3() -> None:
    case = given(*COMPLAINT).when(hear(ACKNOWLEDGED))
    assert run(case, "stage1_respond").due_on == date(2026, 6, 17)
    acknowledged = run(case, "stage1_acknowledge")
    assert (acknowledged.met_on, acknowledged.late) == (date(2026, 6, 3), False)


def test_a_late_acknowledgement_is_late_and_lengthens_the_answer() -> None:
    case = given(*COMPLAINT).when(hear(happened("stage1:acknowledged", date(2026, 6, 15))))
    assert run(case, "stage1_acknowledge").late
    assert run(case, "stage1_respond").due_on == date(2026, 6, 29)


def test_the_second_stage_counts_from_the_request_and_its_own_acknowledgement() -> None:
    escalated = given(*COMPLAINT, happened("stage2:escalation-requested", date(2026, 8, 28)))
    assert run(escalated, "stage2_acknowledge").due_on == date(2026, 9, 7)
    case = escalated.when(hear(happened("stage2:acknowledged", date(2026, 8, 28))))
    assert run(case, "stage2_respond").due_on == date(2026, 9, 28)


def test_children_have_65_working_days_in_all_from_the_start_date_reg_17_6() -> None:
    case = given(*CHILDREN).when(hear(happened("stage2:escalation-requested", date(2026, 3, 2))))
    assert run(case, "stage2_respond").due_on == date(2026, 4, 8)
    assert run(case, "stage2_respond_extended").due_on == date(2026, 6, 5)


def test_an_oral_complaint_starts_stage_2_when_the_written_record_is_produced_reg_17_5() -> None:
    case = given(*CHILDREN, happened("stage2:escalation-requested", date(2026, 3, 2))).when(
        hear(happened("stage2-start-date", date(2026, 3, 11)))
    )
    assert {event.cause for event in case.events() if isinstance(event, DueDateMoved)} == {"rebased"}
    assert run(case, "stage2_respond").due_on == date(2026, 4, 17)


def test_a_second_panel_is_a_run_of_its_own_once_the_first_has_reported() -> None:
    case = given(
        *CHILDREN,
        happened("panel-met", date(2026, 8, 20)),
        happened("panel-reported", date(2026, 8, 25)),
    ).when(hear(happened("panel-met", date(2026, 8, 28))))
    assert run(case, "panel_report").met_on == date(2026, 8, 25)
    assert run(case, "panel_report", 2).due_on == date(2026, 9, 7)


def test_a_corrected_day_moves_the_clock_that_counts_from_it() -> None:
    case = given(*CHILDREN, happened("panel-met", date(2026, 8, 20))).when(
        hear(happened("panel-met", date(2026, 8, 28)))
    )
    assert run(case, "panel_report").due_on == date(2026, 9, 7)
    assert ("panel_report", 2) not in case.state().runs


def test_adults_have_six_months_commencing_on_the_day_of_receipt_reg_14() -> None:
    case = given(*received("adult-care", date(2026, 3, 15)))
    assert run(case, "respond").due_on == date(2026, 9, 14)
    assert run(case, "acknowledge").due_on == date(2026, 3, 18)


def test_a_dp_complaint_before_19_june_2026_has_no_clock_si_2026_82() -> None:
    early = given(triaged("dp-complaint", date(2026, 6, 18), version="2026-06"))
    assert early.state().runs == {}
    late = given(triaged("dp-complaint", date(2026, 7, 2), version="2026-06"))
    assert run(late, "acknowledge").due_on == date(2026, 8, 3)


def test_foi_counts_holidays_of_any_part_of_the_united_kingdom_s10_6() -> None:
    assert run(given(*REQUEST)).due_on == date(2026, 6, 30)


def test_the_day_of_a_clock_s_start_carries_its_whole_working() -> None:
    respond = run(given(*REQUEST))
    working = Working.from_dict(respond.working)
    assert working.due == respond.due_on
    assert any("15 June 2026" in line for line in working.lines())


def test_an_answer_posted_in_time_and_recorded_late_is_found_met() -> None:
    due_on = date(2026, 6, 15)
    case = given(
        *COMPLAINT,
        happened("stage1:acknowledged", FIRST_OF_JUNE),
        date(2026, 6, 16),
        PassDue(clock="stage1_respond", occurrence=1, due_on=due_on),
    ).when(hear(happened("stage1:responded", due_on)))
    found = [event for event in case.events() if isinstance(event, FoundMet)]
    assert [(event.clock, event.due_on) for event in found] == [("stage1_respond", due_on)]


def test_an_answer_recorded_before_its_acknowledgement_meets_the_clock_that_starts_late() -> None:
    case = given(*COMPLAINT, happened("stage1:responded", date(2026, 6, 20))).when(
        hear(happened("stage1:acknowledged", date(2026, 6, 2)))
    )
    respond = run(case, "stage1_respond")
    assert (respond.due_on, respond.met_on, respond.late) == (date(2026, 6, 16), date(2026, 6, 20), True)


def test_closing_stops_every_clock() -> None:
    case = given(*COMPLAINT).when(hear(closed(date(2026, 6, 2))))
    assert {event.cause for event in case.events() if isinstance(event, ClockStopped)} == {"closed"}
    assert not list(case.state().live())


def test_reopening_starts_a_clock_again_with_the_same_date() -> None:
    case = given(*COMPLAINT, closed(date(2026, 6, 2))).when(hear(reopened(date(2026, 6, 4))))
    assert run(case, "stage1_acknowledge", 2).due_on == date(2026, 6, 8)


def test_a_case_closed_after_its_answer_keeps_it_met() -> None:
    case = given(*REQUEST, happened("request:responded", date(2026, 6, 20))).when(
        hear(closed(date(2026, 6, 22)))
    )
    assert (run(case).met_on, run(case).stopped) == (date(2026, 6, 20), None)


def test_another_regime_stops_the_old_clocks_and_starts_its_own_from_the_same_receipt() -> None:
    case = given(*REQUEST).when(hear(triaged("sar", FIRST_OF_JUNE)))
    assert run(case).stopped == "retriaged"
    assert run(case, "respond", 2).due_on == date(2026, 7, 1)


def test_what_was_recorded_under_the_old_regime_counts_under_the_new_one() -> None:
    case = given(*COMPLAINT, ACKNOWLEDGED).when(hear(triaged("housing", FIRST_OF_JUNE)))
    assert run(case, "stage1_acknowledge", 2).met_on == date(2026, 6, 3)
    assert run(case, "stage1_respond", 2).due_on == date(2026, 6, 17)


def test_a_case_keeps_the_version_of_the_regime_that_it_started_under() -> None:
    case = given(*COMPLAINT).when(hear(ACKNOWLEDGED))
    versions = {run(case, clock).regime_version for clock in ("stage1_acknowledge", "stage1_respond")}
    assert len(versions) == 1


def test_a_contribution_is_due_on_the_day_that_the_officer_gives() -> None:
    case = given(*COMPLAINT).when(hear(asked_for(2, date(2026, 6, 2), date(2026, 6, 9))))
    (started,) = [event for event in case.events() if isinstance(event, ClockStarted)]
    assert (started.clock, started.occurrence, started.due_on) == ("contribution", 2, date(2026, 6, 9))
    assert (started.given, started.department_id) == (True, HOUSING_DEPARTMENT)


def test_a_contribution_that_comes_in_after_its_day_is_late() -> None:
    case = given(*COMPLAINT, asked_for(2, date(2026, 6, 2), date(2026, 6, 9))).when(
        hear(happened("contribution-received", date(2026, 6, 10), about="contribution:2"))
    )
    (outcome,) = [event for event in case.events() if isinstance(event, Met)]
    assert outcome.late


def test_nobody_is_chased_for_a_contribution_that_was_withdrawn() -> None:
    case = given(*COMPLAINT, asked_for(1, date(2026, 6, 2), date(2026, 6, 9))).when(
        hear(fact(Fact.ENDED, date(2026, 6, 3), about="contribution:1", cause="withdrawn"))
    )
    assert run(case, "contribution").stopped == "withdrawn"
    assert run(case, "stage1_acknowledge").live


def test_a_contribution_goes_on_under_another_regime() -> None:
    case = given(*REQUEST, asked_for(1, date(2026, 6, 2), date(2026, 6, 9))).when(
        hear(triaged("eir", FIRST_OF_JUNE))
    )
    assert run(case, "contribution").live
    assert ("contribution", 2) not in case.state().runs


OLD_COMPLAINT = received("corporate", date(2026, 1, 5))


def test_the_date_in_the_ombudsman_s_letter_prevails_over_the_usual_time() -> None:
    case = given(*OLD_COMPLAINT).when(hear(enquiry(1, date(2026, 6, 2), due=date(2026, 6, 12))))
    response = run(case, "enquiry_response")
    assert (response.due_on, response.given) == (date(2026, 6, 12), True)


def test_without_a_date_in_the_letter_the_usual_time_holds() -> None:
    case = given(*OLD_COMPLAINT).when(hear(enquiry(1, date(2026, 6, 2))))
    response = run(case, "enquiry_response")
    assert (response.due_on, response.given) == (date(2026, 6, 30), False)


def test_the_ombudsman_s_clock_goes_on_when_the_council_s_case_is_closed() -> None:
    case = given(*OLD_COMPLAINT, enquiry(1, date(2026, 6, 2))).when(hear(closed(date(2026, 6, 3))))
    assert run(case, "enquiry_response").live


def test_each_enquiry_is_met_by_its_own_answer_and_the_decision_ends_the_rest() -> None:
    case = given(
        *OLD_COMPLAINT,
        enquiry(1, date(2026, 6, 2)),
        enquiry(2, date(2026, 6, 9)),
        of_referral(Fact.HAPPENED, date(2026, 6, 12), about="1:1", trigger="x"),
    ).when(hear(of_referral(Fact.ENDED, date(2026, 6, 15), about="1", cause="decided")))
    assert run(case, "enquiry_response").met_on == date(2026, 6, 12)
    assert run(case, "enquiry_response", 2).stopped == "decided"


def test_the_same_fact_heard_twice_changes_nothing() -> None:
    given(*COMPLAINT, ACKNOWLEDGED).when(hear(ACKNOWLEDGED)).nothing()


def test_a_regime_without_clocks_starts_none() -> None:
    assert given(*received("service-request", FIRST_OF_JUNE)).state().runs == {}


def test_an_answer_without_an_acknowledgement_acknowledges_dpa_164a() -> None:
    case = given(*received("dp-complaint", date(2026, 7, 2))).when(
        hear(happened("single:responded", date(2026, 7, 20)))
    )
    acknowledged = run(case, "acknowledge")
    assert (acknowledged.met_on, acknowledged.late) == (date(2026, 7, 20), False)
