"""A refusal is an answer, and told in a letter wherever the regime owes a notice."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from services.intake.domain.case import FOR_OFFICERS
from services.intake.domain.case.record_sent import RecordNotSent, RecordSent
from services.intake.domain.case.refuse import RefuseWithoutNotice
from services.intake.domain.case.reopen import Reopen
from services.intake.domain.case.request_contribution import RequestContribution
from services.intake.domain.case.request_escalation import RequestEscalation
from services.intake.domain.case.triage import Triage
from shared.contracts import intake
from shared.kit.decider import Offer, offers
from tests.unit.given_when_then import given
from tests.unit.intake.cases import (
    CASE,
    COLLEAGUE,
    NOTIFICATION,
    TODAY,
    case,
    case_refused,
    circumstances,
    closed,
    mine,
    opened,
    refusal_issued,
    refuse,
    requested,
    respond,
    responded,
    response_issued,
    triaged,
)

CONSIDERED = "It could still be looked into fairly, but there was no reason to wait so long."
OMBUDSMAN = "Local Government and Social Care Ombudsman"
REVIEW = intake.EscalationRequested(from_stage="request", stage="review", requested_on=TODAY)


def known(base: str, on: date) -> intake.BaseDateRecorded:
    """A day that only an officer knows."""
    return intake.BaseDateRecorded(base=base, on=on)


def sent(stage: str = "stage1", on: date = TODAY) -> RecordSent:
    """Notifications says that the refusal left."""
    return RecordSent(purpose="refusal", stage=stage, sent_on=on, notification=NOTIFICATION)


def offered(verb: str, *past: Any) -> Offer:
    """What an officer is offered of that command."""
    found = offers(FOR_OFFICERS, CASE.fold(past), circumstances())
    return next(each for each in found if each.verb == verb)


def test_an_emailed_refusal_is_issued_and_the_case_is_not_yet_refused() -> None:
    past = (opened(), triaged())
    issued = refusal_issued("corporate", "already-considered")
    given(CASE, *past).when(refuse()).then(issued)
    assert given(CASE, *past, issued).state().is_open


def test_the_case_is_refused_with_the_day_on_which_the_letter_left() -> None:
    issued = refusal_issued("corporate", "already-considered")
    given(CASE, opened(), triaged(), issued).when(sent()).then(
        case_refused(issued, TODAY, notification=NOTIFICATION)
    )


def test_a_posted_refusal_is_refused_by_the_officers_word_at_once() -> None:
    issued = refusal_issued("corporate", "already-considered", means="post")
    given(CASE, opened(), triaged()).when(refuse(means="post", sent_on=TODAY)).then(
        issued, case_refused(issued, TODAY)
    )


def test_a_refusal_that_bounced_leaves_the_case_unrefused_and_may_be_posted() -> None:
    past = (opened(), triaged(), refusal_issued("corporate", "already-considered"))
    never_left = intake.LetterNotSent(purpose="refusal", stage="stage1", notification=NOTIFICATION)
    not_sent = RecordNotSent(purpose="refusal", stage="stage1", notification=NOTIFICATION)
    given(CASE, *past).when(not_sent).then(never_left)
    given(CASE, *past, never_left).when(sent()).nothing()
    given(CASE, *past, never_left).when(respond()).then_kinds(intake.ResponseIssued)
    given(CASE, *past, never_left).when(refuse(means="post", sent_on=TODAY)).then_kinds(
        intake.RefusalIssued, intake.CaseRefused
    )


def test_a_refusal_that_is_on_its_way_is_waited_for() -> None:
    past = (opened(), triaged(), refusal_issued("corporate", "already-considered"))
    given(CASE, *past).when(refuse()).refused("letter-on-its-way")
    given(CASE, *past).when(respond()).refused("refusal-on-its-way")
    ask = RequestContribution(department="parks", question="Why?", due_on=TODAY)
    given(CASE, *past).when(ask).refused("refusal-on-its-way")


def test_nothing_is_refused_before_triage_and_so_under_no_other_procedure_than_its_own() -> None:
    given(CASE, opened()).when(refuse()).refused("not-triaged")
    given(CASE, opened(), triaged("children")).when(refuse()).refused("no-such-ground")
    given(CASE, opened(), triaged("children")).when(refuse(ground="concurrent-process")).then(
        refusal_issued("children", "concurrent-process")
    )


def test_an_answered_stage_is_not_refused() -> None:
    given(CASE, opened(), triaged(), response_issued()).when(refuse()).refused("already-answered")


def test_a_refusal_waits_for_every_contribution_as_an_answer_does() -> None:
    given(CASE, opened(), triaged(), requested()).when(refuse()).refused("contribution-outstanding")


def test_the_contact_plan_goes_before_a_refusal_too() -> None:
    plan = intake.ContactPlanSet(safe_channels=("phone",))
    given(CASE, opened(), triaged(), plan).when(refuse()).refused("channel-unsafe")


def test_a_refused_matter_stays_under_its_regime() -> None:
    issued = refusal_issued("corporate", "already-considered")
    past = (opened(), triaged(), issued)
    given(CASE, *past).when(Triage(regime="housing")).refused("already-answered")
    over = (*past, case_refused(issued, TODAY), intake.Reopened())
    given(CASE, *over).when(Triage(regime="housing")).refused("already-answered")


def test_a_refused_case_goes_on_and_is_answered_when_the_decision_is_changed() -> None:
    issued = refusal_issued("housing", "already-considered")
    past = (opened(), triaged("housing"), issued, case_refused(issued, TODAY))
    given(CASE, *past).when(respond()).refused("case-refused")
    given(CASE, *past).when(Reopen()).then(intake.Reopened())
    given(CASE, *past, intake.Reopened()).when(respond()).then_kinds(intake.ResponseIssued)
    given(CASE, *past, intake.Reopened()).when(refuse()).refused("already-refused")


def test_what_left_after_the_case_was_closed_is_still_recorded() -> None:
    past = (opened(), triaged(), refusal_issued("corporate", "already-considered"), closed("withdrawn"))
    given(CASE, *past).when(sent()).then_kinds(intake.CaseRefused)


def test_a_refusal_that_left_while_the_next_stage_ran_does_not_end_it() -> None:
    issued = refusal_issued("foi", "exemption")
    past = (opened(), triaged("foi"), issued, REVIEW)
    given(CASE, *past).when(sent("request")).then_kinds(intake.CaseRefused)
    assert given(CASE, *past, case_refused(issued, TODAY)).state().is_open


def test_a_second_stage_is_answered_and_not_refused() -> None:
    escalated = intake.EscalationRequested(from_stage="stage1", stage="stage2", requested_on=TODAY)
    past = (opened(), triaged(), response_issued(), responded(), escalated)
    assert given(CASE, *past).when(refuse()).refused("no-refusal").citation


def test_a_review_may_be_asked_for_after_a_request_was_refused() -> None:
    received, issued = date(2026, 6, 1), refusal_issued("foi", "exemption")
    begun = (opened(received_on=received), triaged("foi", received_on=received))
    past = (*begun, issued, case_refused(issued, date(2026, 6, 10)))
    later = case(now=datetime(2026, 6, 20, 9, tzinfo=UTC))
    asked = RequestEscalation(requested_on=date(2026, 6, 20))
    review = intake.EscalationRequested(from_stage="request", stage="review", requested_on=date(2026, 6, 20))
    given(later, *past).when(asked).then(intake.Reopened(), review)


def test_whoever_refused_a_request_does_not_review_it() -> None:
    issued = refusal_issued("foi", "exemption")
    past = (opened(), triaged("foi"), issued, case_refused(issued, TODAY), intake.Reopened(), REVIEW)
    given(CASE, *past).when(respond()).refused("fresh-eyes")
    given(case(COLLEAGUE), *past).when(respond()).then_kinds(intake.ResponseIssued)


def test_a_complaint_that_was_not_accepted_goes_to_the_ombudsman_and_not_to_the_next_stage() -> None:
    issued = refusal_issued("corporate", "already-considered")
    past = (opened(), triaged(), issued, case_refused(issued, TODAY))
    given(CASE, *past).when(RequestEscalation(requested_on=TODAY)).refused("case-refused")


def test_where_an_earlier_notice_was_given_none_is_owed_and_the_request_is_answered_foia_17_6() -> None:
    command = RefuseWithoutNotice(ground="noticed-before", considered="The same as in May, said then.")
    plan = intake.ContactPlanSet(safe_channels=())
    issued = refusal_issued(
        "foi",
        "noticed-before",
        means="none",
        subject=None,
        text=None,
        considered=mine("The same as in May, said then."),
    )
    refused = case_refused(issued, TODAY)
    given(CASE, opened(), triaged("foi"), plan).when(command).then(issued, refused)
    assert (refused.citation, refused.means, refused.notification) == ("FOIA s.17(6)", "none", None)


@pytest.mark.parametrize("regime", ["corporate", "housing", "children", "adult-care", "public-health", "sar"])
def test_where_the_law_owes_a_notice_nobody_is_refused_without_one(regime: str) -> None:
    command = RefuseWithoutNotice(ground="noticed-before", considered="?")
    given(CASE, opened(), triaged(regime)).when(command).refused("no-refusal")


def test_a_ground_with_a_notice_is_not_to_be_had_without_one_nor_the_other_way_round() -> None:
    past = (opened(), triaged("foi"))
    without = RefuseWithoutNotice(ground="vexatious", considered="?")
    given(CASE, *past).when(without).refused("no-such-ground")
    given(CASE, *past).when(refuse(ground="noticed-before", considered="?")).refused("no-such-ground")
    given(CASE, *past, refusal_issued("foi", "vexatious")).when(
        RefuseWithoutNotice(ground="noticed-before", considered="?")
    ).refused("refusal-on-its-way")


@pytest.mark.parametrize("regime", ["dp-complaint", "councillor-enquiry", "compliment", "service-request"])
def test_what_knows_no_refusal_is_answered(regime: str) -> None:
    assert given(CASE, opened(), triaged(regime)).when(refuse()).refused("no-refusal").citation


@pytest.mark.parametrize(
    ("regime", "ground", "citation", "ombudsman"),
    [
        ("adult-care", "outside-procedure", "SI 2009/309 reg 8(2)", OMBUDSMAN),
        ("public-health", "outside-procedure", "SI 2012/3094 reg 25", OMBUDSMAN),
        ("eir", "unfinished-material", "EIR reg 12(4)(d), 14(4)", "Information Commissioner"),
        ("eir", "exception", "EIR reg 12, 13, 14(2)", "Information Commissioner"),
        ("foi", "exemption", "FOIA s.2, s.17(1)", "Information Commissioner"),
        ("foi", "cost-limit", "FOIA s.12, s.17(5)", "Information Commissioner"),
        ("housing", "before-a-court", "Housing Ombudsman Code 2.2", "Housing Ombudsman"),
    ],
)
def test_a_refusal_cites_its_rule_and_names_who_may_be_asked_about_it(
    regime: str, ground: str, citation: str, ombudsman: str
) -> None:
    (issued,) = given(CASE, opened(), triaged(regime)).when(refuse(ground=ground)).events()
    assert isinstance(issued, intake.RefusalIssued)
    assert (issued.citation, issued.ombudsman, issued.means) == (citation, ombudsman, "email")


@pytest.mark.parametrize(
    ("regime", "base"),
    [
        ("corporate", "matter-known"),
        ("housing", "matter-known"),
        ("adult-care", "matter-known"),
        ("public-health", "matter-known"),
        ("children", "grounds-arose"),
    ],
)
def test_nothing_is_out_of_time_before_the_limit_has_passed_and_the_discretion_was_considered(
    regime: str, base: str
) -> None:
    late = refuse(ground="out-of-time", considered=CONSIDERED)
    past = (opened(), triaged(regime))
    given(CASE, *past).when(late).refused("base-date-missing")
    last_day = known(base, date(2025, 3, 2))  # a year before it was received
    given(CASE, *past, last_day).when(late).refused("in-time")
    too_late = known(base, date(2025, 3, 1))
    given(CASE, *past, too_late).when(refuse(ground="out-of-time")).refused("not-considered")
    given(CASE, *past, too_late).when(late).then(
        refusal_issued(regime, "out-of-time", considered=mine(CONSIDERED))
    )


def test_what_is_offered_says_which_grounds_there_are_now_and_what_each_wants_considered() -> None:
    past = (opened(), triaged("children"))
    grounds = [choice.values["ground"] for choice in offered("refuse", *past).choices]
    assert grounds == [("concurrent-process",), ("no-sufficient-interest",)]
    late = known("grounds-arose", date(2024, 1, 1))
    first = offered("refuse", *past, late).choices[0]
    assert (first.values["ground"], first.values["means"]) == (("out-of-time",), ("email", "post"))
    assert "reg 9" in (first.hints["considered"] or "")
    (only,) = offered("refuse-without-notice", opened(), triaged("foi")).choices
    assert only.values == {"ground": ("noticed-before",)}
