"""How soon a case is looked at beside others: said by hand, with a reason. No date rests on it."""

from __future__ import annotations

from typing import Final

from services.intake.domain.case.checks import needs_open, text_of
from services.intake.domain.case.command import Events, OfficerCommand, for_officers
from services.intake.domain.case.given import Given
from services.intake.domain.case.state import CaseState
from shared.contracts.intake import PrioritySet
from shared.kit.decider import Choice, Choices, Text, Word, chosen

PRIORITIES: Final = ("urgent", "high", "normal", "low")
"""Most urgent first."""


class SetPriority(OfficerCommand):
    """A case goes before others, or after them."""

    verb = "set-priority"
    priority: Word
    reason: Text


def may(state: CaseState, _given: Given) -> Choices:
    """As long as the case goes on."""
    needs_open(state)
    return (Choice({"priority": PRIORITIES}),)


def decide(command: SetPriority, state: CaseState, given: Given) -> Events:
    """The priority, with its reason: a second reason for the same one counts, too."""
    chosen(command.priority, may(state, given), "priority", "no-such-priority")
    return (PrioritySet(priority=command.priority, reason=text_of(command.reason, state)),)


SET_PRIORITY: Final = for_officers(SetPriority, decide, may)
