"""The Ombudsman has decided."""

from __future__ import annotations

from datetime import date
from typing import Final

from services.ombudsman.domain.referral.checks import check_day, open_referral_of
from services.ombudsman.domain.referral.command import ReferralCommand
from services.ombudsman.domain.referral.given import Given
from services.ombudsman.domain.referral.state import ReferralState
from shared.contracts.ombudsman import DecisionReceived, ReferralEvent
from shared.kit.decider import Choice, Choices, Slice, Text, chosen
from shared.kit.events import Plain


class RecordDecision(ReferralCommand):
    """Records the Ombudsman's decision, in their own words for it."""

    verb = "record-decision"
    decided_on: date
    outcome: str
    findings: tuple[str, ...] = ()
    remedies: Text | None = None

    @property
    def happened_on(self) -> date:
        return self.decided_on


def may(state: ReferralState, given: Given) -> Choices:
    """The words of their decisions."""
    open_referral_of(state)
    words = given.words.outcomes[state.ombudsman]
    return (Choice({"outcome": words, "findings": words}),)


def decide(command: RecordDecision, state: ReferralState, given: Given) -> tuple[ReferralEvent, ...]:
    """The decision ends the referral."""
    choices = may(state, given)
    chosen(command.outcome, choices, "outcome", "no-such-outcome")
    for finding in command.findings:
        chosen(finding, choices, "findings", "no-such-finding")
    check_day(command.decided_on, given.today, since=state.referred_on)
    return (
        DecisionReceived(
            referral=open_referral_of(state),
            ombudsman=state.ombudsman,
            decided_on=command.decided_on,
            outcome=command.outcome,
            findings=command.findings,
            remedies=None if command.remedies is None else Plain(command.remedies, given.owner),
        ),
    )


RECORD_DECISION: Final = Slice(RecordDecision, decide, may)
