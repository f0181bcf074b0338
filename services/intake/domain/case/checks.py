"""What a case must be for most of what is done with it, and whose its texts are."""

from __future__ import annotations

from datetime import date

from services.intake.domain.case.given import Given
from services.intake.domain.case.state import CaseState, Standing
from services.intake.domain.rulebook import first_stage
from shared.kit.decider import Refused
from shared.kit.events import Plain
from shared.rules.regimes.rules import ANSWERS, Regime, Stage


def needs_case(state: CaseState) -> None:
    """There is such a case. Raises `Refused`."""
    if not state.exists:
        raise Refused("no-such-case", "There is no such case.")


def needs_open(state: CaseState) -> None:
    """The case goes on. Raises `Refused`."""
    needs_case(state)
    if state.standing is Standing.CLOSED:
        raise Refused("case-closed", "The case is closed: reopen it first.")
    if state.standing is Standing.REFUSED:
        raise Refused("case-refused", "The matter was refused: reopen the case first.")


def needs_regime(state: CaseState) -> None:
    """The case is under a regime. Raises `Refused`."""
    if state.regime is None:
        raise Refused("not-triaged", "The case has no regime yet: triage it first.")


def needs_triage(state: CaseState) -> None:
    """The case goes on, under a regime. Raises `Refused`."""
    needs_open(state)
    needs_regime(state)


def regime_of(state: CaseState, given: Given) -> Regime:
    """The version of the regime that the case is under; it is under one."""
    assert state.regime is not None
    assert state.regime_version is not None
    return given.rules.version(state.regime, state.regime_version)


def stage_of(state: CaseState, given: Given) -> Stage:
    """The stage in which the case is; it is under a regime."""
    stage = regime_of(state, given).stage(state.stage or "")
    assert stage is not None, "the case is in a stage that its regime has"
    return stage


def is_first_stage(state: CaseState, given: Given) -> bool:
    """Whether the case has not gone beyond the first stage of its regime, if it is under one."""
    return state.regime is None or state.stage == first_stage(regime_of(state, given))


def is_settled(state: CaseState, given: Given) -> bool:
    """Whether the case has gone too far to be moved to another regime: answered or refused, or past its first stage."""
    answered = any(purpose in ANSWERS for purpose, _ in state.letters)
    return state.regime is not None and (answered or not is_first_stage(state, given))


def first_that_followed(state: CaseState, given: Given) -> date | None:
    """The last day on which the matter can have come in: of the first letter that left, or of the second stage."""
    days = [letter.sent_on for letter in state.letters.values() if letter.sent_on is not None]
    if state.stage_since is not None and not is_first_stage(state, given):
        days.append(state.stage_since)
    return min(days, default=None)


def text_of(text: str, state: CaseState) -> Plain:
    """Free text about the customer: theirs, so their key seals it."""
    assert state.owner is not None, "a case has a customer, if only an anonymous one"
    return Plain(text, state.owner)


def reason_of(reason: str | None, state: CaseState) -> Plain | None:
    """A reason, where one was given."""
    return text_of(reason, state) if reason else None
