"""The rules of a referral to the Ombudsman."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from services.ombudsman.application.vocabulary import load_vocabulary
from services.ombudsman.domain.referral import FOR_OFFICERS, Given, ReferralCommand, referral_decider
from services.ombudsman.domain.referral.answer_enquiry import AnswerEnquiry
from services.ombudsman.domain.referral.open_referral import OpenReferral
from services.ombudsman.domain.referral.record_decision import RecordDecision
from services.ombudsman.domain.referral.record_enquiry import RecordEnquiry
from shared.contracts import ombudsman as e
from shared.kit.decider import offers
from shared.kit.events import Plain
from tests.unit.given_when_then import given

TODAY = date(2026, 9, 21)
OWNER, REFERRAL, CASE = (UUID(int=number) for number in (1, 2, 3))
WORDS = load_vocabulary()
GIVEN = Given(today=TODAY, case_id=CASE, owner=OWNER, referral=REFERRAL, words=WORDS)
REFERRALS = referral_decider(GIVEN)
THEIRS = "26 001 234"
CLOSED_LIST = pytest.mark.parametrize("ombudsman", WORDS.names())


def opened(ombudsman: str = "lgsco") -> e.ReferralOpened:
    return e.ReferralOpened(
        referral=REFERRAL,
        ombudsman=ombudsman,
        regime_version=WORDS.procedure(ombudsman, TODAY).version,
        case_id=CASE,
        their_reference=THEIRS,
        referred_on=date(2026, 9, 1),
    )


def enquiry(number: int = 1, due_on: date | None = None) -> e.EnquiryReceived:
    return e.EnquiryReceived(
        referral=REFERRAL,
        ombudsman="lgsco",
        regime_version=opened().regime_version,
        enquiry=number,
        kind="enquiry_response",
        letter_on=date(2026, 9, 2),
        due_on=due_on,
        questions=Plain("What was done?", OWNER),
    )


def answered(number: int = 1) -> e.EnquiryAnswered:
    return e.EnquiryAnswered(
        referral=REFERRAL,
        enquiry=number,
        kind="enquiry_response",
        sent_on=date(2026, 9, 20),
        answer=Plain("This.", OWNER),
    )


def decided() -> e.DecisionReceived:
    return e.DecisionReceived(
        referral=REFERRAL, ombudsman="lgsco", decided_on=date(2026, 9, 20), outcome="not-upheld"
    )


def open_referral(ombudsman: str = "lgsco", referred_on: date = date(2026, 9, 1)) -> OpenReferral:
    return OpenReferral(ombudsman=ombudsman, their_reference=THEIRS, referred_on=referred_on)


def record_enquiry(
    letter: str = "enquiry_response",
    letter_on: date = date(2026, 9, 2),
    due_on: date | None = None,
) -> RecordEnquiry:
    return RecordEnquiry(
        ombudsman="lgsco",
        their_reference=THEIRS,
        letter=letter,
        letter_on=letter_on,
        due_on=due_on,
        questions="What was done?",
    )


def answer_enquiry(number: int = 1, sent_on: date = date(2026, 9, 20)) -> AnswerEnquiry:
    return AnswerEnquiry(
        ombudsman="lgsco", their_reference=THEIRS, enquiry=number, sent_on=sent_on, answer="This."
    )


def record_decision(outcome: str = "not-upheld", *findings: str) -> RecordDecision:
    return RecordDecision(
        ombudsman="lgsco",
        their_reference=THEIRS,
        decided_on=date(2026, 9, 20),
        outcome=outcome,
        findings=findings,
    )


@CLOSED_LIST
def test_a_referral_keeps_the_procedure_that_it_started_under(ombudsman: str) -> None:
    given(REFERRALS).when(open_referral(ombudsman)).then(opened(ombudsman))


def test_a_referral_is_opened_once() -> None:
    given(REFERRALS, opened()).when(open_referral()).refused("referral-open")


def test_only_an_ombudsman_takes_referrals() -> None:
    given(REFERRALS).when(open_referral("corporate")).refused("no-such-ombudsman")


def test_a_referral_can_not_be_of_tomorrow() -> None:
    given(REFERRALS).when(open_referral(referred_on=date(2026, 9, 22))).refused("in-the-future")


def test_the_date_in_the_letter_is_kept_as_the_letter_has_it() -> None:
    due = date(2026, 9, 11)
    given(REFERRALS, opened()).when(record_enquiry(due_on=due)).then(enquiry(due_on=due))


def test_a_letter_without_a_date_leaves_it_to_the_procedure() -> None:
    given(REFERRALS, opened()).when(record_enquiry()).then(enquiry())


def test_a_second_letter_is_an_enquiry_of_its_own() -> None:
    given(REFERRALS, opened(), enquiry()).when(record_enquiry()).then(enquiry(2))


def test_an_answer_can_not_be_due_before_the_letter_was_written() -> None:
    given(REFERRALS, opened()).when(record_enquiry(due_on=date(2026, 9, 1))).refused("due-before-letter")


def test_only_the_procedures_own_letters_ask_for_an_answer() -> None:
    given(REFERRALS, opened()).when(record_enquiry("stage1_respond")).refused("no-such-letter")


def test_an_enquiry_is_answered_once() -> None:
    given(REFERRALS, opened(), enquiry()).when(answer_enquiry()).then(answered())
    given(REFERRALS, opened(), enquiry(), answered()).when(answer_enquiry()).refused("nothing-to-answer")
    given(REFERRALS, opened(), enquiry(), answered(), enquiry(2)).when(answer_enquiry()).refused(
        "nothing-to-answer"
    )


def test_an_answer_can_not_be_older_than_its_letter() -> None:
    given(REFERRALS, opened(), enquiry()).when(answer_enquiry(sent_on=date(2026, 9, 1))).refused("too-early")


def test_a_decision_speaks_the_ombudsmans_own_words() -> None:
    given(REFERRALS, opened()).when(record_decision()).then(decided())
    given(REFERRALS, opened()).when(record_decision("maladministration")).refused("no-such-outcome")
    given(REFERRALS, opened()).when(record_decision("not-upheld", "service-failure")).refused(
        "no-such-finding"
    )


def test_nothing_follows_a_decision() -> None:
    for command in (record_enquiry(), answer_enquiry(), record_decision()):
        given(REFERRALS, opened(), enquiry(), decided()).when(command).refused("decided")


def test_nothing_is_recorded_on_a_referral_that_was_never_opened() -> None:
    for command in (record_enquiry(), answer_enquiry(), record_decision()):
        given(REFERRALS).when(command).refused("no-referral")


@pytest.mark.parametrize(
    "past",
    [
        (),
        (opened(),),
        (opened(), enquiry()),
        (opened(), enquiry(), answered()),
        (opened(), enquiry(), answered(), enquiry(2)),
        (opened(), enquiry(), decided()),
    ],
)
def test_what_is_offered_is_accepted_and_the_rest_is_refused_for_the_same_reason(
    past: tuple[e.ReferralEvent, ...],
) -> None:
    given_now: tuple[ReferralCommand, ...] = (
        open_referral(),
        record_enquiry(),
        answer_enquiry(),
        record_decision(),
    )
    commands = {command.verb: command for command in given_now}
    for offer in offers(FOR_OFFICERS, given(REFERRALS, *past).state(), GIVEN):
        command = commands[offer.verb]
        if isinstance(command, AnswerEnquiry) and offer.refused is None:
            command = answer_enquiry(offer.choices[0].values["enquiry"][0])
        when = given(REFERRALS, *past).when(command)
        if offer.refused is None:
            assert when.events()
        else:
            assert when.refused(offer.refused.code).title == offer.refused.title
