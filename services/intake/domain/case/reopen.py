"""A case that had ended goes on."""

from __future__ import annotations

from typing import Final

from services.intake.domain.case.checks import needs_case, reason_of
from services.intake.domain.case.command import Events, OfficerCommand, for_officers
from services.intake.domain.case.given import Given
from services.intake.domain.case.state import CaseState
from shared.contracts.intake import Reopened
from shared.kit.decider import ANYTHING, Choices, Refused, Text


class Reopen(OfficerCommand):
    """The case goes on."""

    verb = "reopen"
    reason: Text | None = None


def may(state: CaseState, _given: Given) -> Choices:
    """A case that was closed or refused."""
    needs_case(state)
    if state.is_open:
        raise Refused("not-closed", "The case is open.")
    return ANYTHING


def decide(command: Reopen, state: CaseState, _given: Given) -> Events:
    """The case goes on."""
    return (Reopened(reason=reason_of(command.reason, state)),)


REOPEN: Final = for_officers(Reopen, decide, may)
