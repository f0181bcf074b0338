"""Under which regime a case goes, and whether only some may see it."""

from __future__ import annotations

from typing import Final

from services.intake.domain.case.checks import is_settled, needs_open, reason_of
from services.intake.domain.case.command import Events, OfficerCommand, for_officers
from services.intake.domain.case.given import Given
from services.intake.domain.case.state import CaseState
from services.intake.domain.rulebook import first_stage
from shared.contracts.intake import Triaged
from shared.kit.decider import Choice, Choices, Refused, Text, Word, chosen


class Triage(OfficerCommand):
    """Under which regime the case goes. A second triage moves it; `restricted` hides it from most."""

    verb = "triage"
    regime: Word
    restricted: bool = False
    reason: Text | None = None


def may(state: CaseState, given: Given) -> Choices:
    """Any regime of the council's own; only the case's own once it was answered or has gone beyond its first stage."""
    needs_open(state)
    if state.regime is not None and is_settled(state, given):
        return (Choice({"regime": (state.regime,)}),)
    return (Choice({"regime": given.rules.triable()}),)


def decide(command: Triage, state: CaseState, given: Given) -> Events:
    """The case comes under a regime, moves to another, or is shown to fewer or more people."""
    moves = command.regime != state.regime
    if not moves and command.restricted == state.restricted:
        return ()
    if moves and state.regime is not None and is_settled(state, given):
        raise Refused(
            "already-answered", "A case that was answered stays under its regime: open a new one instead."
        )
    chosen(command.regime, may(state, given), "regime", "no-such-regime")
    assert state.received_on is not None
    version, stage = state.regime_version or "", state.stage or ""
    if moves:
        regime = given.rules.in_force(command.regime, state.received_on)
        version, stage = regime.version, first_stage(regime)
    return (
        Triaged(
            regime=command.regime,
            regime_version=version,
            stage=stage,
            received_on=state.received_on,
            previous_regime=state.regime,
            reason=reason_of(command.reason, state),
            restricted=command.restricted,
        ),
    )


TRIAGE: Final = for_officers(Triage, decide, may)
