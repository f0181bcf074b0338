"""What notifications says of a letter that is on its way: it left on a day, or it never left."""

from __future__ import annotations

from datetime import date
from typing import Final
from uuid import UUID

from services.intake.domain.case.command import Events
from services.intake.domain.case.given import Given
from services.intake.domain.case.letters import ACKNOWLEDGEMENT
from services.intake.domain.case.refuse import case_refused
from services.intake.domain.case.state import CaseState, LetterState, RefusalState
from shared.contracts.intake import Acknowledged, LetterNotSent, Responded
from shared.kit.decider import Command, Slice


class RecordSent(Command):
    """A letter of this stage left on `sent_on`. `purpose` is `acknowledgement`, `response` or `refusal`."""

    verb = "record-sent"
    purpose: str
    stage: str
    sent_on: date
    notification: UUID


class RecordNotSent(Command):
    """A letter of this stage that was handed on to be emailed never left."""

    verb = "record-not-sent"
    purpose: str
    stage: str
    notification: UUID


def sent(command: RecordSent, state: CaseState, _given: Given) -> Events:
    """The stage is acknowledged, answered or refused; of a letter that isn't on its way there is nothing to record."""
    letter = _on_its_way(command, state)
    if letter is None:
        return ()
    if isinstance(letter, RefusalState):
        return (case_refused(letter, command.stage, command.sent_on, command.notification),)
    recorded = Acknowledged if command.purpose == ACKNOWLEDGEMENT else Responded
    return (
        recorded(
            stage=command.stage,
            sent_on=command.sent_on,
            means=letter.means,
            notification=command.notification,
        ),
    )


def not_sent(command: RecordNotSent, state: CaseState, _given: Given) -> Events:
    """The stage waits for its letter again."""
    if _on_its_way(command, state) is None:
        return ()
    return (LetterNotSent(purpose=command.purpose, stage=command.stage, notification=command.notification),)


def _on_its_way(command: RecordSent | RecordNotSent, state: CaseState) -> LetterState | None:
    letter = state.letter(command.purpose, command.stage)
    return None if letter is None or letter.sent_on is not None else letter


RECORD_SENT: Final = Slice(RecordSent, sent)
RECORD_NOT_SENT: Final = Slice(RecordNotSent, not_sent)
