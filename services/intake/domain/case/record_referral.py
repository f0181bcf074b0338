"""The Ombudsman has taken the matter up."""

from __future__ import annotations

from datetime import date
from typing import Final
from uuid import UUID

from services.intake.domain.case.checks import needs_case
from services.intake.domain.case.command import Events
from services.intake.domain.case.given import Given
from services.intake.domain.case.state import CaseState
from shared.contracts.intake import ReferredToOmbudsman, Reopened
from shared.kit.decider import Command, Slice


class RecordReferral(Command):
    """What the ombudsman service says of a referral that was opened."""

    verb = "record-referral"
    ombudsman: str
    referral: UUID
    their_reference: str
    referred_on: date


def decide(command: RecordReferral, state: CaseState, _given: Given) -> Events:
    """A case that had ended goes on."""
    needs_case(state)
    if command.referral in state.referrals:
        return ()
    referred = ReferredToOmbudsman(**dict(command))
    return (referred,) if state.is_open else (Reopened(), referred)


RECORD_REFERRAL: Final = Slice(RecordReferral, decide)
