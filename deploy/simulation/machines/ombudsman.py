"""The ombudsman service, which does nothing by itself: officers' commands to referrals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from deploy.simulation.world import World
from services.ombudsman.application.referrals import referral_id, stream_of
from services.ombudsman.application.vocabulary import load_vocabulary
from services.ombudsman.domain.referral import (
    INITIAL,
    Given,
    ReferralCommand,
    ReferralState,
    referral_decider,
)
from shared.kit.eventstore import Cause
from shared.rules.calendar import london_day
from shared.rules.calendar.london import moment_on

SOURCE: Final = "/redress/ombudsman"


@dataclass
class Ombudsman:
    """The referrals of one case."""

    world: World

    def referral(self, ombudsman: str, their_reference: str) -> ReferralState:
        stream = stream_of(referral_id(self.world.case_id, ombudsman, their_reference))
        found: ReferralState = self.world.streams.state(stream, INITIAL)
        return found

    def ask(self, command: ReferralCommand, cause: Cause) -> None:
        """An officer's command. Raises `Refused`."""
        referral = referral_id(self.world.case_id, command.ombudsman, command.their_reference)
        given = Given(
            today=london_day(self.world.now),
            case_id=self.world.case_id,
            owner=self.world.case.owner or self.world.case_id,
            referral=referral,
            words=load_vocabulary(),
        )
        self.world.streams.give(
            stream_of(referral),
            self.world.case_id,
            referral_decider(given),
            command,
            source=SOURCE,
            cause=cause,
            happened_at=moment_on(command.happened_on, self.world.now),
        )
