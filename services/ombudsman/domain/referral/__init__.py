"""A referral to the Ombudsman: its features in the order of the work, and the rules that they make together."""

from __future__ import annotations

from typing import Final

from services.ombudsman.domain.referral.answer_enquiry import ANSWER_ENQUIRY
from services.ombudsman.domain.referral.command import ReferralCommand
from services.ombudsman.domain.referral.evolve import evolve
from services.ombudsman.domain.referral.given import Given
from services.ombudsman.domain.referral.open_referral import OPEN_REFERRAL
from services.ombudsman.domain.referral.record_decision import RECORD_DECISION
from services.ombudsman.domain.referral.record_enquiry import RECORD_ENQUIRY
from services.ombudsman.domain.referral.state import INITIAL, ReferralState
from shared.contracts.ombudsman import ReferralEvent
from shared.kit.decider import Command, Decider, decider

FOR_OFFICERS: Final = (OPEN_REFERRAL, RECORD_ENQUIRY, ANSWER_ENQUIRY, RECORD_DECISION)
ReferralDecider = Decider[Command, ReferralState, ReferralEvent]


def referral_decider(given: Given) -> ReferralDecider:
    return decider(FOR_OFFICERS, evolve, INITIAL, given)


__all__ = [
    "FOR_OFFICERS",
    "INITIAL",
    "Given",
    "ReferralCommand",
    "ReferralDecider",
    "ReferralState",
    "evolve",
    "referral_decider",
]
