"""From what other services record to the facts that dates rest on, and the commands that go with them. Pure."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from services.deadlines.domain.clock.names import (
    ACKNOWLEDGED,
    CONTRIBUTION,
    ESCALATED,
    RECEIVED,
    REFUSED,
    RESPONDED,
    Fact,
)
from shared.contracts.deadlines import FactNoted
from shared.contracts.intake import (
    Acknowledged,
    BaseDateRecorded,
    CaseOpened,
    CaseRefused,
    Closed,
    ContributionReceived,
    ContributionRequested,
    ContributionWithdrawn,
    EscalationRequested,
    ReceiptCorrected,
    Reopened,
    Responded,
    Triaged,
)
from shared.contracts.ombudsman import DecisionReceived, EnquiryAnswered, EnquiryReceived, ReferralOpened
from shared.kit.events import Envelope, Event, UnknownEvent
from shared.rules.calendar.london import london_day
from shared.rules.regimes.rules import Trigger

CLOSED: Final = "closed"
WITHDRAWN: Final = "withdrawn"
DECIDED: Final = "decided"


def fact_from(event: Event | UnknownEvent, envelope: Envelope) -> FactNoted | None:
    """The fact that an event of another service holds, if dates can rest on it."""
    day = london_day(envelope.happened_at)
    fields = _of_case(event, day) or _of_stage(event) or _of_parts(event, day) or _of_ombudsman(event)
    if fields is None:
        return None
    return FactNoted(origin=envelope.stream, sequence=envelope.version, **fields)


def _of_case(event: Event | UnknownEvent, today: date) -> dict[str, Any] | None:
    match event:
        case CaseOpened():
            person = None if event.customer is None else event.customer.person_id
            fields = {"reference": event.reference, "person_id": person, "historic": event.historic}
            return {"fact": Fact.OPENED, "on": event.receipt.received_on, **fields}
        case Triaged():
            regime = {"regime": event.regime, "regime_version": event.regime_version, "stage": event.stage}
            return {
                "fact": Fact.TRIAGED,
                "on": event.received_on,
                "school": event.school or "",
                **regime,
            }
        case ReceiptCorrected():
            return {
                "fact": Fact.CORRECTED,
                "on": event.received_on,
                "regime_version": event.regime_version or "",
            }
        case Closed():
            return {"fact": Fact.ENDED, "on": event.closed_on, "cause": CLOSED}
        case Reopened():
            return {"fact": Fact.REOPENED, "on": today}
        case _:
            return None


def _of_stage(event: Event | UnknownEvent) -> dict[str, Any] | None:
    """What clocks count from and wait for."""
    match event:
        case Acknowledged():
            return _happened(Trigger(ACKNOWLEDGED, event.stage), event.sent_on)
        case Responded():
            return _happened(Trigger(RESPONDED, event.stage), event.sent_on)
        case CaseRefused():  # a refusal is an answer (FOIA s.17(1), EIR reg 14(2))
            answered = _happened(Trigger(RESPONDED, event.stage), event.sent_on)
            return {**answered, "stage": event.stage, "cause": REFUSED}
        case EscalationRequested():
            return _happened(Trigger(ESCALATED, event.stage), event.requested_on)
        case BaseDateRecorded() if event.base != RECEIVED:
            return _happened(Trigger(event.base), event.on)
        case _:
            return None


def _of_parts(event: Event | UnknownEvent, today: date) -> dict[str, Any] | None:
    """A department's part of the answer: asked for, come in, not needed any more."""
    match event:
        case ContributionRequested():
            return {
                "fact": Fact.ASKED,
                "on": today,
                "clock": CONTRIBUTION,
                "about": _part(event.contribution),
                "number": event.contribution,
                "due_on": event.due_on,
                "department_id": event.department_id,
            }
        case ContributionReceived():
            return {
                **_happened(Trigger("contribution-received"), event.received_on),
                "about": _part(event.contribution),
            }
        case ContributionWithdrawn():
            about = _part(event.contribution)
            return {"fact": Fact.ENDED, "on": today, "about": about, "cause": WITHDRAWN}
        case _:
            return None


def _of_ombudsman(event: Event | UnknownEvent) -> dict[str, Any] | None:
    match event:
        case ReferralOpened():
            return {
                "fact": Fact.REFERRED,
                "on": event.referred_on,
                "about": str(event.referral),
                "regime": event.ombudsman,
                "regime_version": event.regime_version,
            }
        case EnquiryReceived():
            return {
                "fact": Fact.ASKED,
                "on": event.letter_on,
                "clock": event.kind,
                "about": f"{event.referral}:{event.enquiry}",
                "regime": event.ombudsman,
                "regime_version": event.regime_version,
                "due_on": event.due_on,
            }
        case EnquiryAnswered():
            about = f"{event.referral}:{event.enquiry}"
            return {**_happened(Trigger("enquiry-answered"), event.sent_on), "about": about}
        case DecisionReceived():
            return {
                "fact": Fact.ENDED,
                "on": event.decided_on,
                "about": str(event.referral),
                "cause": DECIDED,
            }
        case _:
            return None


def _happened(trigger: Trigger, on: date) -> dict[str, Any]:
    return {"fact": Fact.HAPPENED, "trigger": str(trigger), "on": on}


def _part(number: int) -> str:
    return f"{CONTRIBUTION}:{number}"
