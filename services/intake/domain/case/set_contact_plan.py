"""The only channels by which the customer may be reached."""

from __future__ import annotations

from typing import Final

from services.intake.domain.case.checks import needs_case, reason_of
from services.intake.domain.case.command import Events, OfficerCommand, for_officers
from services.intake.domain.case.given import Given
from services.intake.domain.case.state import CaseState
from shared.contracts.intake import ContactPlanSet
from shared.kit.decider import Choice, Choices, Text, Word, chosen
from shared.rules.regimes.rules import Means

CHANNELS: Final = tuple(means.value for means in Means)
"""The channels that a contact plan can call safe."""


class SetContactPlan(OfficerCommand):
    """The only channels by which the customer may be reached; none: nobody writes."""

    verb = "set-contact-plan"
    safe_channels: tuple[Word, ...]
    reason: Text | None = None


def may(state: CaseState, _given: Given) -> Choices:
    """At any time."""
    needs_case(state)
    return (Choice({"safe_channels": CHANNELS}),)


def decide(command: SetContactPlan, state: CaseState, given: Given) -> Events:
    """None at all means that nobody writes."""
    for channel in command.safe_channels:
        chosen(channel, may(state, given), "safe_channels", "no-such-channel")
    if state.safe_channels == frozenset(command.safe_channels):
        return ()
    channels = tuple(sorted(set(command.safe_channels)))
    return (ContactPlanSet(safe_channels=channels, reason=reason_of(command.reason, state)),)


SET_CONTACT_PLAN: Final = for_officers(SetContactPlan, decide, may)
