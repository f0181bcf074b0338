"""Under which regime a case goes, from which day it counts there, and whether only some may see it."""

from __future__ import annotations

from datetime import date
from typing import Final

from pydantic import Field

from services.intake.domain.case.beginning import day_of, hints_of, rule_for
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
    received_on: date | None = Field(
        default=None,
        description="The day on which it became another matter, where the regime that it leaves says that it begins "
        "anew (a service request that became a complaint). Without it the day from which it counts stays.",
    )
    restricted: bool = False
    reason: Text | None = None


def may(state: CaseState, given: Given) -> Choices:
    """Any regime of the council's own; once it was answered or has gone beyond its first stage its own alone, and those
    under which it begins anew.

    One that counts a school's days goes with the schools whose days are known.
    """
    needs_open(state)
    regimes = {name: _in_force(name, state, given) for name in given.rules.triable()}
    own: Choices = ()
    if state.regime is not None and is_settled(state, given):
        school = {"school": (state.school,)} if state.school is not None else {}
        own = (Choice({"regime": (state.regime,), **school}),)
        regimes = {name: each for name, each in regimes.items() if rule_for(each, state, given)}
    hints = {name: hints_of(regime, state, given) for name, regime in regimes.items()}
    usual = tuple(name for name, regime in regimes.items() if not regime.needs_school and not hints[name])
    special = [
        Choice({"regime": (name,), **({"school": schools} if regime.needs_school else {})}, hints[name])
        for name, regime in regimes.items()
        if name not in usual and ((schools := _schools(regime, state, given)) or not regime.needs_school)
    ]
    return (*own, *([Choice({"regime": usual})] if usual else []), *special)


def decide(command: Triage, state: CaseState, given: Given) -> Events:
    """The case comes under a regime, moves to another or to another school, begins anew there, or is shown to fewer or
    more people.
    """
    if command.regime not in given.rules.triable():
        chosen(command.regime, may(state, given), "regime", "no-such-regime")
    entered = _in_force(command.regime, state, given)
    _refuse_settled(command, entered, state, given)
    day = day_of(entered, command.received_on, state, given)
    school = command.school or (state.school if command.regime == state.regime else None)
    moves = (command.regime, school, day) != (state.regime, state.school, state.counts_from)
    if not moves and command.restricted == state.restricted:
        return ()
    version, stage = state.regime_version or "", state.stage or ""
    if moves:
        entered = given.rules.in_force(command.regime, day)
        _refuse_school(entered, school, day, given)
        version = entered.version
        stage = stage if command.regime == state.regime else first_stage(entered)
    return (
        Triaged(
            regime=command.regime,
            regime_version=version,
            stage=stage,
            received_on=day,
            previous_regime=state.regime,
            reason=reason_of(command.reason, state),
            restricted=command.restricted,
            school=school,
        ),
    )


def _in_force(name: str, state: CaseState, given: Given) -> Regime:
    assert state.counts_from is not None
    return given.rules.in_force(name, state.counts_from)


def _refuse_settled(command: Triage, entered: Regime, state: CaseState, given: Given) -> None:
    """Raises `Refused` for one that was answered and moves all the same, unless it begins anew."""
    if state.regime is None or not is_settled(state, given):
        return
    school = command.school or state.school
    if (command.regime, school) == (state.regime, state.school) and command.received_on is None:
        return
    rule = rule_for(entered, state, given)
    if rule is None:
        raise Refused(
            "already-answered", "A case that was answered stays under its regime: open a new one instead."
        )
    if command.received_on is None:
        raise Refused(
            "already-answered",
            f"What was received was answered. Say in received_on since when it is a matter for {entered.title}.",
            rule.citation,
        )


def _schools(regime: Regime, state: CaseState, given: Given) -> tuple[str, ...]:
    """Those whose days are known for what counts from that day."""
    assert state.counts_from is not None
    day = state.counts_from
    return tuple(
        school for school in given.rules.schools() if given.rules.without_days(regime, school, day) is None
    )


def _refuse_school(regime: Regime, school: str | None, day: date, given: Given) -> None:
    """Raises `Refused` for a school that the regime doesn't ask for, or whose days aren't known."""
    if school is not None and not regime.needs_school:
        raise Refused(
            "no-school-here",
            f"{regime.title} counts no school's days: leave the school out.",
            regime.citation,
        )
    missing = given.rules.without_days(regime, school, day)
    if missing is not None:
        raise missing


TRIAGE: Final = for_officers(Triage, decide, may)
