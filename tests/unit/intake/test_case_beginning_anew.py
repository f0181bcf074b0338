"""A service request that becomes a complaint counts from the day on which it became one (LGSCO Code 1.7, HO 1.5)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.intake.domain.case.correct_receipt import CorrectReceipt
from services.intake.domain.case.request_escalation import RequestEscalation
from services.intake.domain.case.triage import TRIAGE, Triage
from shared.contracts import intake
from tests.unit.given_when_then import given
from tests.unit.intake.cases import (
    CASE,
    RECEIVED,
    RULES,
    TODAY,
    acknowledge,
    acknowledged,
    circumstances,
    closed,
    mine,
    opened,
    refuse,
    responded,
    response_issued,
    triaged,
)

BECAME = date(2026, 3, 16)
CODE = "LGSCO Code 1.7; Housing Ombudsman Code 1.5"
REQUEST = (opened(), triaged("service-request"))
ANSWERED = (*REQUEST, response_issued("request"), responded("request", date(2026, 3, 10)))
ANEW = triaged("corporate", previous="service-request", received_on=BECAME)


def complain(regime: str = "corporate", **fields: Any) -> Triage:
    """It is a complaint since that day."""
    return Triage(**{"regime": regime, "received_on": BECAME, **fields})


def first_contact(day: date, previous: date = RECEIVED) -> intake.FirstContactCorrected:
    """The record that the first contact was of another day."""
    reason = mine("It lay with Parks.")
    return intake.FirstContactCorrected(received_on=day, previous_on=previous, reason=reason)


def correct(day: date) -> CorrectReceipt:
    """A colleague had it on that day."""
    return CorrectReceipt(received_on=day, reason="It lay with Parks.")


def test_given_a_service_request_when_it_becomes_a_complaint_then_it_counts_from_that_day() -> None:
    given(CASE, *REQUEST).when(complain()).then(ANEW)
    state = CASE.fold([*REQUEST, ANEW])
    assert (state.received_on, state.counts_from, state.stage_since) == (RECEIVED, BECAME, BECAME)


def test_given_its_answer_has_left_when_the_person_is_not_satisfied_then_it_is_a_complaint_since_then() -> (
    None
):
    given(CASE, *ANSWERED).when(complain()).then(ANEW)
    given(CASE, *ANSWERED, ANEW).when(acknowledge()).then_kinds(intake.AcknowledgementIssued)
    refused = given(CASE, *ANSWERED).when(Triage(regime="corporate")).refused("already-answered", CODE)
    assert "received_on" in refused.title
    given(CASE, *REQUEST, response_issued("request")).when(complain()).refused("already-answered")


def test_given_no_day_when_it_is_moved_before_its_answer_then_it_counts_from_its_receipt() -> None:
    moved = triaged("corporate", previous="service-request")
    given(CASE, *REQUEST).when(Triage(regime="corporate")).then(moved)


@pytest.mark.parametrize("regime", ["foi", "eir", "councillor-enquiry", "compliment"])
def test_given_a_service_request_when_it_goes_where_it_does_not_begin_anew_then_a_day_is_refused(
    regime: str,
) -> None:
    refused = given(CASE, *REQUEST).when(complain(regime)).refused("no-new-beginning", CODE)
    assert "Leave received_on out, or correct the receipt" in refused.title


def test_given_another_regime_or_none_when_a_day_is_given_then_it_is_refused_with_the_source() -> None:
    foi, corporate = (RULES.in_force(name, RECEIVED).citation for name in ("foi", "corporate"))
    given(CASE, opened(), triaged("foi")).when(complain()).refused("no-new-beginning", foi)
    given(CASE, opened()).when(complain()).refused("no-new-beginning", corporate)
    given(CASE, opened(), triaged()).when(complain()).refused("no-new-beginning", corporate)


def test_a_matter_begins_anew_neither_before_its_receipt_nor_in_the_future() -> None:
    given(CASE, *REQUEST).when(complain(received_on=date(2026, 3, 1))).refused("before-receipt")
    given(CASE, *REQUEST).when(complain(received_on=date(2026, 3, 21))).refused("in-the-future")
    given(CASE, *REQUEST).when(complain(received_on=TODAY)).then(
        triaged("corporate", previous="service-request", received_on=TODAY)
    )


def test_the_version_of_the_regime_is_the_one_in_force_when_it_began_anew() -> None:
    past = (opened(received_on=date(2024, 3, 29)), triaged("service-request", received_on=date(2024, 3, 29)))
    (found,) = given(CASE, *past).when(complain("housing", received_on=date(2024, 4, 2))).events()
    assert isinstance(found, intake.Triaged)
    assert found.regime_version == RULES.in_force("housing", date(2024, 4, 2)).version


def test_given_a_new_beginning_when_the_receipt_is_corrected_then_the_beginning_stays() -> None:
    day = date(2026, 2, 27)
    given(CASE, *REQUEST, ANEW).when(correct(day)).then(first_contact(day))
    state = CASE.fold([*REQUEST, ANEW, first_contact(day)])
    assert (state.received_on, state.counts_from, state.stage_since) == (day, BECAME, BECAME)
    given(CASE, *REQUEST, ANEW).when(correct(date(2026, 3, 17))).refused("after-what-followed")
    hidden = ANEW.model_copy(update={"previous_regime": "corporate", "restricted": True})
    past = (*REQUEST, ANEW, first_contact(day))
    given(CASE, *past).when(Triage(regime="corporate", restricted=True)).then(hidden)


def test_given_a_first_contact_on_the_very_day_when_it_is_corrected_again_then_the_beginning_stays() -> None:
    past = (*REQUEST, ANEW, first_contact(BECAME))
    hidden = ANEW.model_copy(update={"previous_regime": "corporate", "restricted": True})
    assert CASE.fold([*past, hidden]).began_anew is not None
    given(CASE, *past, hidden).when(correct(RECEIVED)).then(first_contact(RECEIVED, BECAME))


def test_given_the_receipt_was_corrected_first_when_it_begins_anew_then_it_counts_from_the_new_day() -> None:
    corrected = given(CASE, *REQUEST).when(correct(date(2026, 2, 27))).events()
    given(CASE, *REQUEST, *corrected).when(complain()).then(ANEW)


def test_given_a_wrong_day_when_it_is_triaged_again_then_it_began_on_the_right_one() -> None:
    again = triaged("corporate", previous="corporate", received_on=date(2026, 3, 13))
    past = (*REQUEST, ANEW)
    given(CASE, *past).when(complain(received_on=date(2026, 3, 13))).then(again)
    state = CASE.fold([*past, again])
    assert (state.counts_from, state.stage_since) == (date(2026, 3, 13), date(2026, 3, 13))
    left = acknowledged(on=date(2026, 3, 17))
    given(CASE, *past, left).when(complain(received_on=date(2026, 3, 18))).refused("after-what-followed")
    answered = (*past, response_issued(), responded(on=date(2026, 3, 18)))
    given(CASE, *answered).when(complain(received_on=date(2026, 3, 13))).refused("already-answered")


def test_given_a_new_beginning_when_it_moves_on_then_it_holds_for_complaints_and_for_nothing_else() -> None:
    past = (*REQUEST, ANEW)
    given(CASE, *past).when(Triage(regime="children")).then(
        triaged("children", previous="corporate", received_on=BECAME)
    )
    back = triaged("foi", previous="corporate")
    given(CASE, *past).when(Triage(regime="foi")).then(back)
    assert CASE.fold([*past, back]).began_anew is None


def test_given_a_later_stage_when_the_case_is_hidden_then_the_stage_keeps_its_day() -> None:
    past = (*REQUEST, ANEW)
    asked = given(CASE, *past).when(RequestEscalation(requested_on=date(2026, 3, 18))).events()
    hidden = given(CASE, *past, *asked).when(Triage(regime="corporate", restricted=True)).events()
    state = CASE.fold([*past, *asked, *hidden])
    assert (state.stage, state.stage_since, state.counts_from) == ("stage2", date(2026, 3, 18), BECAME)


def test_given_a_complaint_that_began_anew_when_it_is_refused_as_too_late_then_its_own_day_counts() -> None:
    known = intake.BaseDateRecorded(base="matter-known", on=date(2025, 3, 10))
    late = refuse(ground="out-of-time", considered="Why it took so long.")
    given(CASE, *REQUEST, ANEW, known).when(late).then_kinds(intake.RefusalIssued)
    in_time = triaged("corporate", previous="service-request")
    given(CASE, *REQUEST, in_time, known).when(late).refused("in-time")


def test_given_a_closed_request_when_it_becomes_a_complaint_then_it_is_reopened_first() -> None:
    given(CASE, *ANSWERED, closed()).when(complain()).refused("case-closed")
    given(CASE, *ANSWERED, closed(), intake.Reopened()).when(complain()).then(ANEW)


def test_what_is_offered_says_under_which_regimes_and_between_which_days_it_can_begin_anew() -> None:
    def offered(*past: Any) -> dict[str, Any]:
        choices = TRIAGE.may(CASE.fold(past), circumstances())
        return {name: each.hints for each in choices for name in each.values["regime"]}

    days = {"earliest": RECEIVED.isoformat(), "latest": TODAY.isoformat()}
    hints = offered(*REQUEST)
    assert hints["corporate"] == {"received_on": {**days, "required": False}, "citation": CODE}
    assert hints["foi"] == hints["service-request"] == {}
    complaints = {name for name, each in hints.items() if each}
    assert complaints == {"corporate", "housing", "children", "adult-care", "public-health", "dp-complaint"}
    answered = offered(*ANSWERED)
    assert set(answered) == complaints | {"service-request"}
    assert answered["housing"]["received_on"] == {**days, "required": True}
    assert not any(offered(opened()).values())
    assert offered(*REQUEST, ANEW, acknowledged(on=date(2026, 3, 17)))["corporate"]["received_on"] == {
        **days,
        "latest": "2026-03-17",
        "required": False,
    }
