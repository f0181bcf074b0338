"""The council doesn't accept the matter (LGSCO Code 2.4)."""

from __future__ import annotations

from typing import Final

from services.intake.domain.case.checks import needs_open, text_of
from services.intake.domain.case.command import Events, OfficerCommand, for_officers
from services.intake.domain.case.given import Given
from services.intake.domain.case.state import CaseState
from services.intake.domain.rulebook import refusal_citation
from shared.contracts.intake import CaseRefused
from shared.kit.decider import Choice, Choices, Refused, Text, Word, chosen


class Refuse(OfficerCommand):
    """The council doesn't accept the matter; the answer names the Ombudsman that may be asked about it."""

    verb = "refuse"
    regime: Word
    ground: Word
    reason: Text


def may(state: CaseState, given: Given) -> Choices:
    """Under a regime about whose refusal somebody may be asked; not once there is an answer."""
    needs_open(state)
    if state.responses:
        raise Refused("already-answered", "The case has been answered: it can't be refused any more.")
    return (Choice({"regime": given.rules.refusable()}),)


def decide(command: Refuse, state: CaseState, given: Given) -> Events:
    """The customer is told where that can be taken."""
    chosen(command.regime, may(state, given), "regime", "no-such-regime")
    assert state.received_on is not None
    regime = given.rules.in_force(command.regime, state.received_on)
    refused_on = command.happened_on(given)
    ombudsman = regime.ombudsman_on(refused_on)
    assert ombudsman is not None, "a regime under which a matter can be refused has one"
    return (
        CaseRefused(
            ground=command.ground,
            reason=text_of(command.reason, state),
            citation=refusal_citation(regime),
            ombudsman=ombudsman.name,
            refused_on=refused_on,
        ),
    )


REFUSE: Final = for_officers(Refuse, decide, may)
