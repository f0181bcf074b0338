"""The answer to an enquiry has been sent."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final

from pydantic import Field

from services.ombudsman.domain.referral.checks import check_day, open_referral_of
from services.ombudsman.domain.referral.command import ReferralCommand
from services.ombudsman.domain.referral.given import Given
from services.ombudsman.domain.referral.state import ReferralState
from shared.contracts.ombudsman import EnquiryAnswered, ReferralEvent
from shared.kit.decider import Choice, Choices, Refused, Slice, Text
from shared.kit.events import Plain


class AnswerEnquiry(ReferralCommand):
    """Records the answer that was sent: the enquiry's clock is met."""

    verb = "answer-enquiry"
    enquiry: Annotated[int, Field(ge=1)]
    sent_on: date
    answer: Text

    @property
    def happened_on(self) -> date:
        return self.sent_on


def may(state: ReferralState, _given: Given) -> Choices:
    open_referral_of(state)
    waiting = tuple(enquiry.number for enquiry in state.unanswered())
    if not waiting:
        raise Refused("nothing-to-answer", "No enquiry waits for an answer.")
    return (Choice({"enquiry": waiting}),)


def decide(command: AnswerEnquiry, state: ReferralState, given: Given) -> tuple[ReferralEvent, ...]:
    enquiry = state.enquiries.get(command.enquiry)
    if enquiry is None or enquiry.answered_on is not None:
        raise Refused("nothing-to-answer", f"Enquiry {command.enquiry} doesn't wait for an answer.")
    check_day(command.sent_on, given.today, since=enquiry.letter_on)
    return (
        EnquiryAnswered(
            referral=open_referral_of(state),
            enquiry=enquiry.number,
            kind=enquiry.kind,
            sent_on=command.sent_on,
            answer=Plain(command.answer, given.owner),
        ),
    )


ANSWER_ENQUIRY: Final = Slice(AnswerEnquiry, decide, may)
