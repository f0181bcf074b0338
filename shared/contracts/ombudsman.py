"""What the ombudsman service decides: a referral and its letters. Its streams carry the council case's key."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from shared.kit.events import Event, Personal, event


@event("redress.ombudsman.referral-opened.v1")
class ReferralOpened(Event):
    """The Ombudsman (`ombudsman`: the regime's name) took up a council case under a reference of their own."""

    referral: UUID
    ombudsman: str
    regime_version: str
    case_id: UUID
    their_reference: str
    referred_on: date


@event("redress.ombudsman.enquiry-received.v1")
class EnquiryReceived(Event):
    """A letter asks for an answer. `due_on` is the date in the letter, which prevails; none means the usual time.

    `kind` is the regime's clock that the letter starts, such as an enquiry or comments on a draft decision.
    """

    referral: UUID
    ombudsman: str
    regime_version: str
    enquiry: int
    kind: str
    letter_on: date
    due_on: date | None = None
    questions: Personal


@event("redress.ombudsman.enquiry-answered.v1")
class EnquiryAnswered(Event):
    """The council's answer to an enquiry was sent on `sent_on`."""

    referral: UUID
    enquiry: int
    kind: str
    sent_on: date
    answer: Personal


@event("redress.ombudsman.decision-received.v1")
class DecisionReceived(Event):
    """The decision of `decided_on`: `outcome` in the Ombudsman's own vocabulary, findings by issue."""

    referral: UUID
    ombudsman: str
    decided_on: date
    outcome: str
    findings: tuple[str, ...] = ()
    remedies: Personal | None = None


ReferralEvent = ReferralOpened | EnquiryReceived | EnquiryAnswered | DecisionReceived
"""Every event of a referral's stream, `ombudsman-<uuid>`."""
