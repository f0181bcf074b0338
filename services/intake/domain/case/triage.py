"""Under which regime a case goes, and whether only some may see it."""

from __future__ import annotations

from typing import Final

from pydantic import Field

from services.intake.domain.case.checks import is_settled, needs_open, reason_of
from services.intake.domain.case.command import Events, OfficerCommand, for_officers
from services.intake.domain.case.given import Given
from services.intake.domain.case.state import CaseState
from services.intake.domain.rulebook import first_stage
from shared.contracts.intake import Triaged
from shared.kit.decider import Choice, Choices, Refused, Text, Word, chosen
from shared.rules.regimes.rules import Regime


class Triage(OfficerCommand):
    """Under which regime the case goes. A second triage moves it; `restricted` hides it from most."""

    verb = "triage"
    regime: Word
    school: Word | None = Field(
        default=None, description="Whose days count, where the regime counts a school's."
    )
    restricted: bool = False
    reason: Text | None = None


def may(state: CaseState, given: Given) -> Choices:
    """Any regime of the council's own; only the case's own once it was answered or has gone beyond its first stage.

    One that counts a school's days goes with the schools whose days are known.
    """
    needs_open(state)
    if state.regime is not None and is_settled(state, given):
        school = {"school": (state.school,)} if state.school is not None else {}
        return (Choice({"regime": (state.regime,), **school}),)
    regimes = {name: _in_force(name, state, given) for name in given.rules.triable()}
    at_school = {
        name: _schools(regime, state, given) for name, regime in regimes.items() if regime.needs_school
    }
    return (
        Choice({"regime": tuple(name for name in regimes if name not in at_school)}),
        *(Choice({"regime": (name,), "school": schools}) for name, schools in at_school.items() if schools),
    )


def decide(command: Triage, state: CaseState, given: Given) -> Events:
    """The case comes under a regime, moves to another or to another school, or is shown to fewer or more people."""
    school = command.school or (state.school if command.regime == state.regime else None)
    moves = (command.regime, school) != (state.regime, state.school)
    if not moves and command.restricted == state.restricted:
        return ()
    if moves and state.regime is not None and is_settled(state, given):
        raise Refused(
            "already-answered", "A case that was answered stays under its regime: open a new one instead."
        )
    if moves and command.regime in given.rules.triable():
        _refuse_school(_in_force(command.regime, state, given), school, state, given)
    chosen(command.regime, may(state, given), "regime", "no-such-regime")
    assert state.received_on is not None
    version, stage = state.regime_version or "", state.stage or ""
    if command.regime != state.regime:
        regime = _in_force(command.regime, state, given)
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
            school=school,
        ),
    )


def _in_force(name: str, state: CaseState, given: Given) -> Regime:
    assert state.received_on is not None
    return given.rules.in_force(name, state.received_on)


def _schools(regime: Regime, state: CaseState, given: Given) -> tuple[str, ...]:
    """Those whose days are known for what was received that day."""
    assert state.received_on is not None
    day = state.received_on
    return tuple(
        school for school in given.rules.schools() if given.rules.without_days(regime, school, day) is None
    )


def _refuse_school(regime: Regime, school: str | None, state: CaseState, given: Given) -> None:
    """Raises `Refused` for a school that the regime doesn't ask for, or whose days aren't known."""
    assert state.received_on is not None
    if school is not None and not regime.needs_school:
        raise Refused(
            "no-school-here",
            f"{regime.title} counts no school's days: leave the school out.",
            regime.citation,
        )
    missing = given.rules.without_days(regime, school, state.received_on)
    if missing is not None:
        raise missing


TRIAGE: Final = for_officers(Triage, decide, may)
