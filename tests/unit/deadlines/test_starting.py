"""Which clocks start when, from which day, and what meets them."""

from __future__ import annotations

from datetime import date

from services.deadlines.domain.clock.names import Fact
from services.deadlines.domain.clock.pass_due import PassDue
from shared.contracts.deadlines import ClockStarted, ClockStopped, DueDateMoved, FactNoted, FoundMet, Met
from shared.rules.regimes import Working
from tests.unit.deadlines.facts import HOUSING_DEPARTMENT, closed, fact, happened, reopened, triaged
from tests.unit.deadlines.telling import Story, case_under


def test_a_corporate_complaint_is_acknowledged_within_5_working_days_of_receipt_code_6_2() -> None:
    case = case_under("corporate", date(2026, 6, 1))
    assert case.due("stage1_acknowledge") == date(2026, 6, 8)
    assert case.due("stage1_backstop") == date(2026, 6, 22)
    assert ("stage1_respond", 1) not in case.state.runs


def test_the_answer_is_due_10_working_days_from_the_acknowledgement_not_from_receipt_code_6_3() -> None:
    case = case_under("corporate", date(2026, 6, 1))
    case.happened("stage1:acknowledged", date(2026, 6, 3))
    assert case.due("stage1_respond") == date(2026, 6, 17)
    assert case.run("stage1_acknowledge").met_on == date(2026, 6, 3)
    assert not case.run("stage1_acknowledge").late


def test_a_late_acknowledgement_is_late_and_lengthens_the_answer() -> None:
    case = case_under("corporate", date(2026, 6, 1))
    case.happened("stage1:acknowledged", date(2026, 6, 15))
    assert case.run("stage1_acknowledge").late
    assert case.due("stage1_respond") == date(2026, 6, 29)


def test_the_second_stage_counts_from_the_request_and_its_own_acknowledgement() -> None:
    case = case_under("corporate", date(2026, 6, 1))
    case.happened("stage2:escalation-requested", date(2026, 8, 28))
    assert case.due("stage2_acknowledge") == date(2026, 9, 7)
    case.happened("stage2:acknowledged", date(2026, 8, 28))
    assert case.due("stage2_respond") == date(2026, 9, 28)


def test_children_have_65_working_days_in_all_from_the_start_date_reg_17_6() -> None:
    case = case_under("children", date(2026, 1, 5))
    case.happened("stage2:escalation-requested", date(2026, 3, 2))
    assert case.due("stage2_respond") == date(2026, 4, 8)
    assert case.due("stage2_respond_extended") == date(2026, 6, 5)


def test_an_oral_complaint_starts_stage_2_when_the_written_record_is_produced_reg_17_5() -> None:
    case = case_under("children", date(2026, 1, 5))
    case.happened("stage2:escalation-requested", date(2026, 3, 2))
    events = case.happened("stage2-start-date", date(2026, 3, 11))
    moved = [event for event in events if isinstance(event, DueDateMoved)]
    assert {event.cause for event in moved} == {"rebased"}
    assert case.due("stage2_respond") == date(2026, 4, 17)


def test_a_second_panel_is_a_run_of_its_own_once_the_first_has_reported() -> None:
    case = case_under("children", date(2026, 1, 5))
    case.happened("panel-met", date(2026, 8, 20))
    case.happened("panel-reported", date(2026, 8, 25))
    case.happened("panel-met", date(2026, 8, 28))
    assert case.run("panel_report").met_on == date(2026, 8, 25)
    assert case.due("panel_report", 2) == date(2026, 9, 7)


def test_a_corrected_day_moves_the_clock_that_counts_from_it() -> None:
    case = case_under("children", date(2026, 1, 5))
    case.happened("panel-met", date(2026, 8, 20))
    case.happened("panel-met", date(2026, 8, 28))
    assert case.due("panel_report") == date(2026, 9, 7)
    assert ("panel_report", 2) not in case.state.runs


def test_adults_have_six_months_commencing_on_the_day_of_receipt_reg_14() -> None:
    case = case_under("adult-care", date(2026, 3, 15))
    assert case.due("respond") == date(2026, 9, 14)
    assert case.due("acknowledge") == date(2026, 3, 18)


def test_a_dp_complaint_before_19_june_2026_has_no_clock_si_2026_82() -> None:
    rules = "2026-06"
    early, late = Story(), Story()
    for case, day in ((early, date(2026, 6, 18)), (late, date(2026, 7, 2))):
        case.hear(triaged("dp-complaint", day, version=rules))
    assert early.state.runs == {}
    assert late.due("acknowledge") == date(2026, 8, 3)


def test_foi_counts_holidays_of_any_part_of_the_united_kingdom_s10_6() -> None:
    assert case_under("foi", date(2026, 6, 1)).due("respond") == date(2026, 6, 30)


def test_the_day_of_a_clock_s_start_carries_its_whole_working() -> None:
    case = case_under("foi", date(2026, 6, 1))
    working = Working.from_dict(case.run("respond").working)
    assert working.due == case.due("respond")
    assert any("15 June 2026" in line for line in working.lines())


def test_an_answer_posted_in_time_and_recorded_late_is_found_met() -> None:
    case = case_under("corporate", date(2026, 6, 1))
    case.happened("stage1:acknowledged", date(2026, 6, 1))
    run = case.run("stage1_respond")
    case.today = date(2026, 6, 16)
    case.tell(PassDue(clock=run.clock, occurrence=1, due_on=run.due_on))
    events = case.happened("stage1:responded", run.due_on)
    found = [event for event in events if isinstance(event, FoundMet)]
    assert [(event.clock, event.due_on) for event in found] == [("stage1_respond", date(2026, 6, 15))]


def test_an_answer_recorded_before_its_acknowledgement_meets_the_clock_that_starts_late() -> None:
    case = case_under("corporate", date(2026, 6, 1))
    case.happened("stage1:responded", date(2026, 6, 20))
    case.happened("stage1:acknowledged", date(2026, 6, 2))
    run = case.run("stage1_respond")
    assert (run.due_on, run.met_on, run.late) == (date(2026, 6, 16), date(2026, 6, 20), True)


def test_closing_stops_every_clock_and_reopening_starts_it_again_with_the_same_date() -> None:
    case = case_under("corporate", date(2026, 6, 1))
    events = case.hear(closed(date(2026, 6, 2)))
    assert {event.cause for event in events if isinstance(event, ClockStopped)} == {"closed"}
    assert not list(case.state.live())
    case.hear(reopened(date(2026, 6, 4)))
    assert case.due("stage1_acknowledge", 2) == date(2026, 6, 8)


def test_a_case_closed_after_its_answer_keeps_it_met() -> None:
    case = case_under("foi", date(2026, 6, 1))
    case.happened("request:responded", date(2026, 6, 20))
    case.hear(closed(date(2026, 6, 22)))
    run = case.run("respond")
    assert (run.met_on, run.stopped) == (date(2026, 6, 20), None)


def test_another_regime_stops_the_old_clocks_and_starts_its_own_from_the_same_receipt() -> None:
    case = case_under("foi", date(2026, 6, 1))
    case.triaged("sar", date(2026, 6, 1))
    assert case.run("respond").stopped == "retriaged"
    assert case.due("respond", 2) == date(2026, 7, 1)


def test_what_was_recorded_under_the_old_regime_counts_under_the_new_one() -> None:
    case = case_under("corporate", date(2026, 6, 1))
    case.happened("stage1:acknowledged", date(2026, 6, 3))
    case.triaged("housing", date(2026, 6, 1))
    assert case.run("stage1_acknowledge", 2).met_on == date(2026, 6, 3)
    assert case.due("stage1_respond", 2) == date(2026, 6, 17)


def test_a_case_keeps_the_version_of_the_regime_that_it_started_under() -> None:
    case = case_under("corporate", date(2026, 6, 1))
    version = case.run("stage1_acknowledge").regime_version
    case.happened("stage1:acknowledged", date(2026, 6, 3))
    assert case.run("stage1_respond").regime_version == version


def test_a_contribution_is_due_on_the_day_that_the_officer_gives() -> None:
    case = case_under("corporate", date(2026, 6, 1))
    events = case.contribution(2, date(2026, 6, 2), date(2026, 6, 9))
    (started,) = [event for event in events if isinstance(event, ClockStarted)]
    assert (started.clock, started.occurrence, started.due_on) == ("contribution", 2, date(2026, 6, 9))
    assert (started.given, started.department_id) == (True, HOUSING_DEPARTMENT)
    met = case.hear(happened("contribution-received", date(2026, 6, 10), about="contribution:2"))
    (outcome,) = [event for event in met if isinstance(event, Met)]
    assert outcome.late


def test_nobody_is_chased_for_a_contribution_that_was_withdrawn() -> None:
    case = case_under("corporate", date(2026, 6, 1))
    case.contribution(1, date(2026, 6, 2), date(2026, 6, 9))
    case.hear(fact(Fact.ENDED, date(2026, 6, 3), about="contribution:1", cause="withdrawn"))
    assert case.run("contribution").stopped == "withdrawn"
    assert case.run("stage1_acknowledge").live


def test_a_contribution_goes_on_under_another_regime() -> None:
    case = case_under("foi", date(2026, 6, 1))
    case.contribution(1, date(2026, 6, 2), date(2026, 6, 9))
    case.triaged("eir", date(2026, 6, 1))
    assert case.run("contribution").live
    assert ("contribution", 2) not in case.state.runs


def enquiry(
    case: Story, number: int, letter: date, due: date | None, clock: str = "enquiry_response"
) -> None:
    """The Ombudsman asks."""
    case.hear(
        FactNoted(
            fact=Fact.ASKED,
            origin="ombudsman-1",
            sequence=number + 1,
            on=letter,
            about=f"1:{number}",
            regime="lgsco",
            regime_version="2008-04",
            clock=clock,
            due_on=due,
        )
    )


def test_the_date_in_the_ombudsman_s_letter_prevails_over_the_usual_time() -> None:
    case = case_under("corporate", date(2026, 1, 5))
    enquiry(case, 1, date(2026, 6, 2), date(2026, 6, 12))
    assert (case.due("enquiry_response"), case.run("enquiry_response").given) == (date(2026, 6, 12), True)


def test_without_a_date_in_the_letter_the_usual_time_holds() -> None:
    case = case_under("corporate", date(2026, 1, 5))
    enquiry(case, 1, date(2026, 6, 2), None)
    assert (case.due("enquiry_response"), case.run("enquiry_response").given) == (date(2026, 6, 30), False)


def test_the_ombudsman_s_clock_goes_on_when_the_council_s_case_is_closed() -> None:
    case = case_under("corporate", date(2026, 1, 5))
    enquiry(case, 1, date(2026, 6, 2), None)
    case.hear(closed(date(2026, 6, 3)))
    assert case.run("enquiry_response").live


def test_each_enquiry_is_met_by_its_own_answer_and_the_decision_ends_the_rest() -> None:
    case = case_under("corporate", date(2026, 1, 5))
    enquiry(case, 1, date(2026, 6, 2), None)
    enquiry(case, 2, date(2026, 6, 9), None)
    case.hear(
        FactNoted(
            fact=Fact.HAPPENED,
            origin="ombudsman-1",
            sequence=8,
            on=date(2026, 6, 12),
            about="1:1",
            trigger="x",
        )
    )
    case.hear(
        FactNoted(
            fact=Fact.ENDED,
            origin="ombudsman-1",
            sequence=9,
            on=date(2026, 6, 15),
            about="1",
            cause="decided",
        )
    )
    assert case.run("enquiry_response").met_on == date(2026, 6, 12)
    assert case.run("enquiry_response", 2).stopped == "decided"


def test_the_same_fact_heard_twice_changes_nothing() -> None:
    case = case_under("corporate", date(2026, 6, 1))
    acknowledged = happened("stage1:acknowledged", date(2026, 6, 3))
    case.hear(acknowledged)
    assert case.hear(acknowledged) == ()


def test_a_regime_without_clocks_starts_none() -> None:
    assert case_under("service-request", date(2026, 6, 1)).state.runs == {}


def test_an_answer_without_an_acknowledgement_acknowledges_dpa_164a() -> None:
    case = case_under("dp-complaint", date(2026, 7, 2))
    case.happened("single:responded", date(2026, 7, 20))
    run = case.run("acknowledge")
    assert (run.met_on, run.late) == (date(2026, 7, 20), False)
