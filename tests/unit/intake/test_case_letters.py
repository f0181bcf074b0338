"""Acknowledgements and answers count when they have left, not when somebody pressed the button."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from services.intake.domain.case.record_sent import RecordNotSent, RecordSent
from shared.contracts import intake
from tests.unit.given_when_then import given
from tests.unit.intake.cases import (
    CASE,
    COLLEAGUE,
    NOTIFICATION,
    NOW,
    OFFICER,
    TODAY,
    acknowledge,
    acknowledged,
    case,
    closed,
    mine,
    opened,
    requested,
    respond,
    responded,
    response_issued,
    triaged,
)

ISSUED = intake.AcknowledgementIssued(
    stage="stage1", means="email", subject=mine("Received"), text=mine("Thank you.")
)


def sent(purpose: str = "acknowledgement", **fields: Any) -> RecordSent:
    return RecordSent(
        **{
            "purpose": purpose,
            "stage": "stage1",
            "sent_on": date(2026, 3, 19),
            "notification": NOTIFICATION,
            **fields,
        },
    )


def test_an_emailed_acknowledgement_is_issued_and_not_yet_acknowledged() -> None:
    given(CASE, opened(), triaged()).when(acknowledge()).then(ISSUED)


def test_it_is_acknowledged_with_the_day_it_was_sent() -> None:
    given(CASE, opened(), triaged(), ISSUED).when(sent()).then(
        intake.Acknowledged(
            stage="stage1", sent_on=date(2026, 3, 19), means="email", notification=NOTIFICATION
        )
    )


def test_a_posted_letter_is_acknowledged_by_the_officers_word_at_once() -> None:
    given(CASE, opened(), triaged()).when(acknowledge(means="post", sent_on=date(2026, 3, 18))).then(
        ISSUED.model_copy(update={"means": "post"}),
        intake.Acknowledged(stage="stage1", sent_on=date(2026, 3, 18), means="post"),
    )


@pytest.mark.parametrize(("regime", "stage"), [("adult-care", "single"), ("dp-complaint", "single")])
def test_what_the_regime_lets_be_said_is_acknowledged_by_word_of_mouth(regime: str, stage: str) -> None:
    """SI 2009/309 reg 13; for DPA 2018 s.164A by ICO guidance."""
    said = acknowledge(means="phone", sent_on=date(2026, 3, 18))
    given(CASE, opened(), triaged(regime)).when(said).then(
        ISSUED.model_copy(update={"means": "phone", "stage": stage}),
        intake.Acknowledged(stage=stage, sent_on=date(2026, 3, 18), means="phone"),
    )
    given(CASE, opened(), triaged(regime)).when(acknowledge(means="phone")).refused("day-of-posting")


def test_where_the_regime_wants_it_in_writing_nothing_is_acknowledged_by_phone() -> None:
    said = acknowledge(means="phone", sent_on=date(2026, 3, 18))
    given(CASE, opened(), triaged()).when(said).refused("no-such-means")
    answer = respond(means="phone", sent_on=date(2026, 3, 18))
    given(CASE, opened(), triaged("adult-care")).when(answer).refused("no-such-means")


def test_a_letter_that_is_sent_twice_is_recorded_once() -> None:
    given(CASE, opened(), triaged(), ISSUED, acknowledged()).when(sent()).nothing()


def test_what_left_after_the_case_was_closed_is_still_recorded() -> None:
    past = (opened(), triaged(), response_issued(), closed("withdrawn"))
    given(CASE, *past).when(sent("response")).then_kinds(intake.Responded)


def test_the_second_press_of_acknowledge_is_refused_while_the_letter_is_on_its_way() -> None:
    given(CASE, opened(), triaged(), ISSUED).when(acknowledge()).refused("letter-on-its-way")


def test_a_letter_on_its_way_may_still_be_posted_instead() -> None:
    given(CASE, opened(), triaged(), ISSUED).when(acknowledge(means="post", sent_on=TODAY)).then_kinds(
        intake.AcknowledgementIssued, intake.Acknowledged
    )


def test_a_stage_is_acknowledged_once() -> None:
    given(CASE, opened(), triaged(), ISSUED, acknowledged()).when(acknowledge()).refused(
        "already-acknowledged"
    )


def test_a_letter_that_never_left_may_be_issued_again() -> None:
    not_sent = RecordNotSent(purpose="acknowledgement", stage="stage1", notification=NOTIFICATION)
    event = intake.LetterNotSent(purpose="acknowledgement", stage="stage1", notification=NOTIFICATION)
    given(CASE, opened(), triaged(), ISSUED).when(not_sent).then(event)
    given(CASE, opened(), triaged(), ISSUED, event).when(acknowledge()).then(ISSUED)


def test_nothing_is_answered_before_triage() -> None:
    given(CASE, opened()).when(acknowledge()).refused("not-triaged")
    given(CASE, opened()).when(respond()).refused("not-triaged")


def test_without_an_address_nothing_is_emailed() -> None:
    given(CASE, opened(email=False), triaged()).when(acknowledge()).refused("no-email-address")


def test_the_contact_plan_goes_before_every_letter() -> None:
    plan = intake.ContactPlanSet(safe_channels=("phone",))
    given(CASE, opened(), triaged(), plan).when(acknowledge()).refused("channel-unsafe")
    given(CASE, opened(), triaged(), plan).when(respond()).refused("channel-unsafe")


@pytest.mark.parametrize(
    ("sent_on", "code"),
    [
        (TODAY + timedelta(days=1), "in-the-future"),
        (date(2026, 3, 1), "before-receipt"),
        (None, "day-of-posting"),
    ],
)
def test_a_letter_was_posted_between_receipt_and_today(sent_on: date | None, code: str) -> None:
    given(CASE, opened(), triaged()).when(acknowledge(means="post", sent_on=sent_on)).refused(code)


def test_an_answer_waits_for_every_contribution_or_its_withdrawal() -> None:
    past = (opened(), triaged(), requested())
    given(CASE, *past).when(respond()).refused("contribution-outstanding")
    given(CASE, *past, intake.ContributionWithdrawn(contribution=1)).when(respond()).then(
        intake.ResponseIssued(
            stage="stage1",
            outcome="upheld",
            means="email",
            subject=mine("Answer"),
            text=mine("We are sorry."),
            answered_by=OFFICER,
        )
    )


def test_a_stage_is_answered_once() -> None:
    given(CASE, opened(), triaged(), response_issued(), responded()).when(respond()).refused(
        "already-answered"
    )


def test_whoever_answered_stage_1_does_not_answer_stage_2() -> None:
    escalated = intake.EscalationRequested(from_stage="stage1", stage="stage2", requested_on=TODAY)
    past = (opened(), triaged(), response_issued(), responded(), escalated)
    refusal = given(CASE, *past).when(respond()).refused("fresh-eyes")
    assert refusal.citation.startswith("LGSCO Code")
    given(case(COLLEAGUE), *past).when(respond()).then_kinds(intake.ResponseIssued)


def test_the_second_stage_is_acknowledged_anew_and_not_before_it_was_asked_for() -> None:
    escalated = intake.EscalationRequested(from_stage="stage1", stage="stage2", requested_on=TODAY)
    past = (opened(), triaged(), acknowledged(), response_issued(), responded(), escalated)
    given(CASE, *past).when(acknowledge()).then(ISSUED.model_copy(update={"stage": "stage2"}))
    given(CASE, *past).when(acknowledge(means="post", sent_on=TODAY - timedelta(days=1))).refused(
        "before-receipt"
    )


def test_an_officer_may_not_say_that_it_happens_tomorrow() -> None:
    command = acknowledge().model_copy(update={"happened_at": NOW + timedelta(days=1)})
    given(CASE, opened(), triaged()).when(command).refused("in-the-future")
