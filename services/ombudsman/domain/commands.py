"""What can be asked of a referral. `owner` is whose matter it is: their key seals the texts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralCommand:
    """What every command to a referral carries; `today` is the London day of the decision."""

    kind: ClassVar[str]
    today: date
    owner: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenReferral(ReferralCommand):
    """The Ombudsman has taken up a case."""

    kind: ClassVar[str] = "open-referral"
    referral: UUID
    ombudsman: str
    case_id: UUID
    their_reference: str
    referred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordEnquiry(ReferralCommand):
    """A letter has come that asks for an answer: `letter` is the regime's clock that it starts.

    `due_on` is the date in the letter, which prevails; None where it names none.
    """

    kind: ClassVar[str] = "record-enquiry"
    letter: str
    letter_on: date
    due_on: date | None
    questions: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerEnquiry(ReferralCommand):
    """The answer to an enquiry has been sent."""

    kind: ClassVar[str] = "answer-enquiry"
    enquiry: int
    sent_on: date
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDecision(ReferralCommand):
    """The Ombudsman has decided."""

    kind: ClassVar[str] = "record-decision"
    decided_on: date
    outcome: str
    findings: tuple[str, ...] = ()
    remedies: str | None = None


AnyReferralCommand = OpenReferral | RecordEnquiry | AnswerEnquiry | RecordDecision
