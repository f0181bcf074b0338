"""The council doesn't accept the matter. That is an answer, and told in a letter wherever a notice is owed."""

from __future__ import annotations

from datetime import date
from typing import Final
from uuid import UUID

from pydantic import Field

from services.intake.domain.case.checks import needs_triage, reason_of, regime_of, stage_of, text_of
from services.intake.domain.case.command import Events, OfficerCommand, for_officers
from services.intake.domain.case.contributions import needs_every_part
from services.intake.domain.case.given import Given
from services.intake.domain.case.letters import (
    REFUSAL,
    RESPONSE,
    LetterCommand,
    needs_no_refusal,
    needs_unsent,
    stage_for,
    ways,
)
from services.intake.domain.case.state import CaseState, RefusalState
from shared.contracts.intake import CaseRefused, RefusalIssued
from shared.kit.decider import Choice, Choices, Refused, Text, Word
from shared.kit.events import Plain
from shared.rules.regimes.rules import RefusalGround

NO_NOTICE: Final = "none"
"""The means of a refusal of which nobody has to be told."""


class Refuse(LetterCommand):
    """The matter is not accepted, on a ground of its regime. It is refused when the letter has left."""

    verb = "refuse"
    ground: Word
    considered: Text | None = Field(
        default=None, description="What was weighed, where the ground leaves a choice."
    )


class RefuseWithoutNotice(OfficerCommand):
    """The matter is not accepted, on a ground on which the regime owes no notice."""

    verb = "refuse-without-notice"
    ground: Word
    considered: Text = Field(description="What was weighed: why no notice is owed.")


def may(state: CaseState, given: Given) -> Choices:
    """Once in a stage, instead of an answer, when every department's part is in; the grounds that there are now."""
    _needs_no_answer(state)
    means = ways(state, given, REFUSAL)
    return tuple(
        Choice({"means": means, "ground": (ground.name,)}, _hints(ground))
        for ground in _open(state, given, with_notice=True)
    )


def may_without_notice(state: CaseState, given: Given) -> Choices:
    """As `may`, whatever ways to the customer there are."""
    _needs_no_answer(state)
    needs_unsent(state, REFUSAL)
    needs_no_refusal(state)
    grounds = _open(state, given, with_notice=False)
    return tuple(Choice({"ground": (ground.name,)}, _hints(ground)) for ground in grounds)


def decide(command: Refuse, state: CaseState, given: Given) -> Events:
    """It is issued; a posted one has left."""
    ground = _named(command.ground, state, given, with_notice=True)
    stage_for(command, state, given, REFUSAL)
    if ground.considered is not None and command.considered is None:
        raise Refused("not-considered", f"Say what was considered: {ground.considered}.", ground.citation)
    letter = {"subject": text_of(command.subject, state), "text": text_of(command.text, state)}
    issued = _issued(ground, command.means, command.considered, state, given, **letter)
    if command.sent_on is None:
        return (issued,)
    return (issued, case_refused(issued, issued.stage, command.sent_on))


def decide_without_notice(command: RefuseWithoutNotice, state: CaseState, given: Given) -> Events:
    """The stage is answered all the same, on the day on which it happened."""
    ground = _named(command.ground, state, given, with_notice=False)
    issued = _issued(ground, NO_NOTICE, command.considered, state, given)
    return (issued, case_refused(issued, issued.stage, command.happened_on(given)))


def case_refused(
    refusal: RefusalIssued | RefusalState, stage: str, sent_on: date, notification: UUID | None = None
) -> CaseRefused:
    """What is recorded when a refusal has left."""
    return CaseRefused(
        stage=stage,
        ground=refusal.ground,
        citation=refusal.citation,
        ombudsman=refusal.ombudsman,
        sent_on=sent_on,
        means=refusal.means,
        notification=notification,
    )


def _issued(
    ground: RefusalGround,
    means: str,
    considered: str | None,
    state: CaseState,
    given: Given,
    **letter: Plain,
) -> RefusalIssued:
    ombudsman = regime_of(state, given).ombudsman_on(given.today)
    assert ombudsman is not None, "a regime with grounds for a refusal names who may be asked about it"
    return RefusalIssued(
        stage=ground.stage,
        ground=ground.name,
        citation=ground.citation,
        ombudsman=ombudsman.name,
        means=means,
        considered=reason_of(considered, state),
        answered_by=given.who,
        **letter,
    )


def _needs_no_answer(state: CaseState) -> None:
    needs_triage(state)
    needs_every_part(state)
    if state.letter(RESPONSE, state.stage) is not None:
        raise Refused("already-answered", "This stage has been answered: it can't be refused any more.")


def _of_stage(state: CaseState, given: Given, *, with_notice: bool) -> tuple[RefusalGround, ...]:
    return tuple(
        ground
        for ground in regime_of(state, given).refusals
        if ground.stage == state.stage and (ground.letter is not None) is with_notice
    )


def _open(state: CaseState, given: Given, *, with_notice: bool) -> list[RefusalGround]:
    """The grounds that there are now. Raises `Refused` where there is none."""
    refusals = {
        ground: _against(ground, state, given) for ground in _of_stage(state, given, with_notice=with_notice)
    }
    possible = [ground for ground, refused in refusals.items() if refused is None]
    if possible:
        return possible
    for refused in refusals.values():
        if refused is not None:
            raise refused
    owed = "with a letter" if with_notice else "without one"
    stage = stage_of(state, given)
    raise Refused("no-refusal", f"{stage.title}: nothing is refused {owed} here.", stage.citation)


def _named(name: str, state: CaseState, given: Given, *, with_notice: bool) -> RefusalGround:
    grounds = _of_stage(state, given, with_notice=with_notice)
    ground = next((each for each in grounds if each.name == name), None)
    if ground is None:
        names = ", ".join(each.name for each in grounds)
        raise Refused("no-such-ground", f"There is no ground {name!r} here; there are {names}.")
    refused = _against(ground, state, given)
    if refused is not None:
        raise refused
    return ground


def _against(ground: RefusalGround, state: CaseState, given: Given) -> Refused | None:
    """Why it can't be refused on this ground now: nothing is out of time before the limit has passed."""
    if ground.limit is None:
        return None
    regime = regime_of(state, given)
    name = regime.clock(ground.limit).base[0].event
    on = state.bases.get(name)
    if on is None:
        return Refused(
            "base-date-missing",
            f"Record the base date {name!r} first: the limit counts from it.",
            ground.citation,
        )
    last = given.rules.limit(regime, ground.limit, on)
    assert state.counts_from is not None
    if state.counts_from <= last:
        return Refused("in-time", f"It was in time: it could come until {last.isoformat()}.", ground.citation)
    return None


def _hints(ground: RefusalGround) -> dict[str, str | None]:
    return {"title": ground.title, "citation": ground.citation, "considered": ground.considered}


REFUSE: Final = for_officers(Refuse, decide, may)
REFUSE_WITHOUT_NOTICE: Final = for_officers(RefuseWithoutNotice, decide_without_notice, may_without_notice)
