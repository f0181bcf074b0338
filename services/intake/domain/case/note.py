"""An officer's note."""

from __future__ import annotations

from typing import Final

from services.intake.domain.case.checks import needs_case, text_of
from services.intake.domain.case.command import Events, OfficerCommand, for_officers
from services.intake.domain.case.given import Given
from services.intake.domain.case.state import CaseState
from shared.contracts.intake import NoteAdded
from shared.kit.decider import ANYTHING, Choices, Text


class Note(OfficerCommand):
    """A note on the case."""

    verb = "note"
    text: Text


def may(state: CaseState, _given: Given) -> Choices:
    """At any time."""
    needs_case(state)
    return ANYTHING


def decide(command: Note, state: CaseState, _given: Given) -> Events:
    return (NoteAdded(text=text_of(command.text, state)),)


NOTE: Final = for_officers(Note, decide, may)
