"""A referral's state after each of its events."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import assert_never

from services.ombudsman.domain.referral.state import Enquiry, ReferralState
from shared.contracts import ombudsman as e


def evolve(state: ReferralState, event: e.ReferralEvent) -> ReferralState:
    match event:
        case e.ReferralOpened():
            return replace(
                state,
                referral=event.referral,
                ombudsman=event.ombudsman,
                regime_version=event.regime_version,
                their_reference=event.their_reference,
                referred_on=event.referred_on,
            )
        case e.EnquiryReceived():
            enquiry = Enquiry(event.enquiry, event.kind, event.letter_on, event.due_on)
            return _with(state, enquiry)
        case e.EnquiryAnswered():
            return _with(state, replace(state.enquiries[event.enquiry], answered_on=event.sent_on))
        case e.DecisionReceived():
            return replace(state, outcome=event.outcome, decided_on=event.decided_on)
        case _:
            assert_never(event)


def _with(state: ReferralState, enquiry: Enquiry) -> ReferralState:
    return replace(state, enquiries=MappingProxyType({**state.enquiries, enquiry.number: enquiry}))
