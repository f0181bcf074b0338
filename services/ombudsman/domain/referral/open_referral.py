"""The Ombudsman has taken up a case."""

from __future__ import annotations

from datetime import date
from typing import Final

from services.ombudsman.domain.referral.checks import check_day
from services.ombudsman.domain.referral.command import ReferralCommand
from services.ombudsman.domain.referral.given import Given
from services.ombudsman.domain.referral.state import ReferralState
from shared.contracts.ombudsman import ReferralEvent, ReferralOpened
from shared.kit.decider import Choice, Choices, Refused, Slice


class OpenReferral(ReferralCommand):
    """Records that the Ombudsman took up the case."""

    verb = "open-referral"
    referred_on: date

    @property
    def happened_on(self) -> date:
        return self.referred_on


def may(state: ReferralState, given: Given) -> Choices:
    """Any Ombudsman, once for each of their references."""
    if state.referral is not None:
        raise Refused("referral-open", "This referral has been recorded already.")
    return (Choice({"ombudsman": given.words.names()}),)


def decide(command: OpenReferral, _state: ReferralState, given: Given) -> tuple[ReferralEvent, ...]:
    """The referral begins, under their procedure of that day."""
    regime = given.words.procedure(command.ombudsman, command.referred_on)
    check_day(command.referred_on, given.today)
    return (
        ReferralOpened(
            referral=given.referral,
            ombudsman=command.ombudsman,
            regime_version=regime.version,
            case_id=given.case_id,
            their_reference=command.their_reference,
            referred_on=command.referred_on,
        ),
    )


OPEN_REFERRAL: Final = Slice(OpenReferral, decide, may)
