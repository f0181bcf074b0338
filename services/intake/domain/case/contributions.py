"""The parts of an answer that departments are waited for."""

from __future__ import annotations

from services.intake.domain.case.checks import needs_open
from services.intake.domain.case.given import Given
from services.intake.domain.case.state import CaseState, ContributionState
from shared.kit.decider import Choice, Choices, Refused


def outstanding(state: CaseState, _given: Given) -> Choices:
    """The parts that are waited for. Raises `Refused`: there are none."""
    needs_open(state)
    if not state.outstanding:
        raise Refused("no-contribution-outstanding", "No department's part is waited for.")
    return (Choice({"contribution": state.outstanding}),)


def part_of(number: int, state: CaseState) -> ContributionState:
    """A part that is waited for. Raises `Refused`: it was never asked for, or has ended."""
    part = state.contributions.get(number)
    if part is None:
        raise Refused("no-such-contribution", f"No contribution {number} was asked for.")
    if not part.outstanding:
        raise Refused("contribution-ended", f"Contribution {number} has ended already.")
    return part


def needs_every_part(state: CaseState) -> None:
    """No department's part is waited for. Raises `Refused`."""
    if state.outstanding:
        raise Refused(
            "contribution-outstanding",
            "A department's part is still outstanding: wait for it, or withdraw the request.",
        )
