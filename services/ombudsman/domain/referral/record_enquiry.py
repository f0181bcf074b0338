"""A letter has come that asks for an answer."""

from __future__ import annotations

from datetime import date
from typing import Final

from pydantic import Field

from services.ombudsman.domain.referral.checks import check_day, open_referral_of
from services.ombudsman.domain.referral.command import ReferralCommand
from services.ombudsman.domain.referral.given import Given
from services.ombudsman.domain.referral.state import ReferralState
from shared.contracts.ombudsman import EnquiryReceived, ReferralEvent
from shared.kit.decider import Choice, Choices, Refused, Slice, Text, chosen
from shared.kit.events import Plain


class RecordEnquiry(ReferralCommand):
    """Records a letter that asks for an answer: its clock starts. `due_on`, the date in the letter, prevails."""

    verb = "record-enquiry"
    letter: str = Field(description="One of the letters that `/actions` lists.")
    letter_on: date
    due_on: date | None = None
    questions: Text

    @property
    def happened_on(self) -> date:
        return self.letter_on


def may(state: ReferralState, given: Given) -> Choices:
    """The letters of their procedure."""
    open_referral_of(state)
    return (Choice({"letter": given.words.letters(state.ombudsman, state.regime_version)}),)


def decide(command: RecordEnquiry, state: ReferralState, given: Given) -> tuple[ReferralEvent, ...]:
    """The enquiry, numbered from 1."""
    chosen(command.letter, may(state, given), "letter", "no-such-letter")
    check_day(command.letter_on, given.today)
    if command.due_on is not None and command.due_on < command.letter_on:
        raise Refused("due-before-letter", "The date to answer by is before the letter's own date.")
    return (
        EnquiryReceived(
            referral=open_referral_of(state),
            ombudsman=state.ombudsman,
            regime_version=state.regime_version,
            enquiry=len(state.enquiries) + 1,
            kind=command.letter,
            letter_on=command.letter_on,
            due_on=command.due_on,
            questions=Plain(command.questions, given.owner),
        ),
    )


RECORD_ENQUIRY: Final = Slice(RecordEnquiry, decide, may)
