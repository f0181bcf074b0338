"""The acknowledgement of the current stage."""

from __future__ import annotations

from typing import Final

from services.intake.domain.case.checks import needs_triage, text_of
from services.intake.domain.case.command import Events, for_officers
from services.intake.domain.case.given import Given
from services.intake.domain.case.letters import ACKNOWLEDGEMENT, LetterCommand, stage_for, ways
from services.intake.domain.case.state import CaseState
from shared.contracts.intake import Acknowledged, AcknowledgementIssued
from shared.kit.decider import Choice, Choices


class Acknowledge(LetterCommand):
    """The acknowledgement of the current stage. It counts when it has left."""

    verb = "acknowledge"


def may(state: CaseState, _given: Given) -> Choices:
    """Once in each stage."""
    needs_triage(state)
    return (Choice({"means": ways(state, ACKNOWLEDGEMENT)}),)


def decide(command: Acknowledge, state: CaseState, given: Given) -> Events:
    """It is issued; a posted one has left."""
    stage = stage_for(command, state, given, ACKNOWLEDGEMENT)
    issued = AcknowledgementIssued(
        stage=stage,
        means=command.means,
        subject=text_of(command.subject, state),
        text=text_of(command.text, state),
    )
    if command.sent_on is None:
        return (issued,)
    return (issued, Acknowledged(stage=stage, sent_on=command.sent_on, means=command.means))


ACKNOWLEDGE: Final = for_officers(Acknowledge, decide, may)
