"""The answer of the current stage."""

from __future__ import annotations

from typing import Final

from services.intake.domain.case.checks import needs_triage, stage_of, text_of
from services.intake.domain.case.command import Events, for_officers
from services.intake.domain.case.contributions import needs_every_part
from services.intake.domain.case.given import Given
from services.intake.domain.case.letters import RESPONSE, LetterCommand, needs_no_refusal, stage_for, ways
from services.intake.domain.case.state import CaseState
from shared.contracts.intake import Responded, ResponseIssued
from shared.kit.decider import Choice, Choices, Refused, Word


class Respond(LetterCommand):
    """The answer of the current stage. It counts when it has left."""

    verb = "respond"
    outcome: Word


def may(state: CaseState, given: Given) -> Choices:
    """Once in each stage, when every department's part is in, by fresh eyes where the regime wants them."""
    needs_triage(state)
    needs_every_part(state)
    needs_no_refusal(state)
    _needs_fresh_eyes(state, given)
    return (Choice({"means": ways(state, RESPONSE)}),)


def decide(command: Respond, state: CaseState, given: Given) -> Events:
    """It is issued; a posted one has left."""
    stage = stage_for(command, state, given, RESPONSE)
    issued = ResponseIssued(
        stage=stage,
        outcome=command.outcome,
        means=command.means,
        subject=text_of(command.subject, state),
        text=text_of(command.text, state),
        answered_by=given.who,
    )
    if command.sent_on is None:
        return (issued,)
    return (issued, Responded(stage=stage, sent_on=command.sent_on, means=command.means))


def _needs_fresh_eyes(state: CaseState, given: Given) -> None:
    stage = stage_of(state, given)
    before = {answered_by for name, answered_by in state.answered_by.items() if name != stage.name}
    if stage.fresh_eyes and given.who in before:
        raise Refused(
            "fresh-eyes", "Whoever answered the stage before may not answer this one.", stage.citation
        )


RESPOND: Final = for_officers(Respond, decide, may)
