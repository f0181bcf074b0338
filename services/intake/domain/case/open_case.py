"""A contact opens a case, once."""

from __future__ import annotations

from typing import Final

from services.intake.domain.case.command import Events
from services.intake.domain.case.given import Given
from services.intake.domain.case.state import CaseState
from shared.contracts.intake import CaseOpened
from shared.kit.decider import Command, Slice


class OpenCase(Command):
    """A contact is to become a case. Its bytes are sealed and stored already."""

    verb = "open-case"
    opened: CaseOpened


def decide(command: OpenCase, state: CaseState, _given: Given) -> Events:
    """The contact opens the case, once."""
    return () if state.exists else (command.opened,)


OPEN_CASE: Final = Slice(OpenCase, decide)
