"""How a case's state follows from its events. Dates are copied from events, none is computed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import assert_never

from services.intake.domain.case.letters import ACKNOWLEDGEMENT, REFUSAL, RESPONSE
from services.intake.domain.case.state import (
    Beginning,
    CaseState,
    ContributionState,
    LetterState,
    RefusalState,
    Standing,
)
from shared.contracts import intake
from shared.contracts.intake import CaseEvent


def evolve(state: CaseState, event: CaseEvent) -> CaseState:  # noqa: C901, PLR0911, PLR0912  one line an event
    match event:
        case intake.CaseOpened():
            return _opened(state, event)
        case intake.Triaged():
            return _triaged(state, event)
        case intake.ReceiptCorrected():
            return _receipt_corrected(state, event)
        case intake.FirstContactCorrected():
            return replace(state, received_on=event.received_on, receipt_is_doubtful=False)
        case intake.Assigned():
            return replace(state, department_id=event.department_id, officer_id=event.officer_id)
        case intake.AcknowledgementIssued():
            return _with_letter(state, ACKNOWLEDGEMENT, event.stage, LetterState(event.means))
        case intake.Acknowledged():
            return _with_letter(state, ACKNOWLEDGEMENT, event.stage, LetterState(event.means, event.sent_on))
        case intake.ResponseIssued():
            return _answer_issued(state, RESPONSE, event, LetterState(event.means))
        case intake.Responded():
            return _with_letter(state, RESPONSE, event.stage, LetterState(event.means, event.sent_on))
        case intake.RefusalIssued():
            return _answer_issued(state, REFUSAL, event, _refusal(event))
        case intake.CaseRefused():
            return _refused(state, event)
        case intake.LetterNotSent():
            return _letter_not_sent(state, event)
        case intake.ContributionRequested():
            return _with_part(state, event.contribution, ContributionState(event.department_id))
        case intake.ContributionReceived() | intake.ContributionWithdrawn():
            part = replace(state.contributions[event.contribution], outstanding=False)
            return _with_part(state, event.contribution, part)
        case intake.EscalationRequested():
            return replace(state, stage=event.stage, stage_since=event.requested_on)
        case intake.BaseDateRecorded():
            return replace(state, bases={**state.bases, event.base: event.on})
        case intake.ContactPlanSet():
            return replace(state, safe_channels=frozenset(event.safe_channels))
        case intake.ReferredToOmbudsman():
            return replace(state, referrals=state.referrals | {event.referral})
        case intake.Closed():
            return replace(state, standing=Standing.CLOSED)
        case intake.Reopened():
            return replace(state, standing=Standing.OPEN)
        case intake.ContactRepeated() | intake.PrioritySet() | intake.NoteAdded():
            return state
        case _:
            assert_never(event)


def _opened(state: CaseState, event: intake.CaseOpened) -> CaseState:
    people = (event.customer, event.representative)
    return replace(
        state,
        standing=Standing.OPEN,
        reference=event.reference,
        owner=event.customer.person_id if event.customer else None,
        received_on=event.receipt.received_on,
        receipt_is_doubtful=event.receipt.doubtful,
        stage_since=event.receipt.received_on,
        has_email=any(person is not None and person.email is not None for person in people),
    )


def _triaged(state: CaseState, event: intake.Triaged) -> CaseState:
    began = _began(state, event)
    if event.regime == state.regime:
        first = state.stage_since == state.counts_from
        return replace(
            state,
            restricted=event.restricted,
            school=event.school,
            regime_version=event.regime_version,
            began_anew=began,
            stage_since=event.received_on if first else state.stage_since,
        )
    return replace(
        state,
        began_anew=began,
        school=event.school,
        regime=event.regime,
        regime_version=event.regime_version,
        stage=event.stage,
        stage_since=event.received_on,
        restricted=event.restricted,
        letters={},
        answered_by={},
        bases={},
    )


def _began(state: CaseState, event: intake.Triaged) -> Beginning | None:
    """Since when it is another matter: none of the receipt's own day."""
    if event.received_on == state.counts_from:
        return state.began_anew
    if event.received_on == state.received_on or state.regime is None or state.regime_version is None:
        return None
    if state.began_anew is not None:
        return replace(state.began_anew, on=event.received_on)
    return Beginning(event.received_on, state.regime, state.regime_version)


def _receipt_corrected(state: CaseState, event: intake.ReceiptCorrected) -> CaseState:
    first = state.stage_since == state.received_on
    return replace(
        state,
        received_on=event.received_on,
        receipt_is_doubtful=False,
        stage_since=event.received_on if first else state.stage_since,
        regime_version=event.regime_version,
    )


def _with_letter(state: CaseState, purpose: str, stage: str, letter: LetterState) -> CaseState:
    return replace(state, letters={**state.letters, (purpose, stage): letter})


def _answer_issued(
    state: CaseState, purpose: str, event: intake.ResponseIssued | intake.RefusalIssued, letter: LetterState
) -> CaseState:
    state = _with_letter(state, purpose, event.stage, letter)
    return replace(state, answered_by={**state.answered_by, event.stage: event.answered_by or ""})


def _refusal(event: intake.RefusalIssued | intake.CaseRefused, sent_on: date | None = None) -> RefusalState:
    return RefusalState(event.means, sent_on, event.ground, event.citation, event.ombudsman)


def _refused(state: CaseState, event: intake.CaseRefused) -> CaseState:
    """A refusal that left when the case was in its next stage already ends nothing."""
    state = _with_letter(state, REFUSAL, event.stage, _refusal(event, event.sent_on))
    return replace(state, standing=Standing.REFUSED) if event.stage == state.stage else state


def _letter_not_sent(state: CaseState, event: intake.LetterNotSent) -> CaseState:
    gone = (event.purpose, event.stage)
    return replace(state, letters={key: letter for key, letter in state.letters.items() if key != gone})


def _with_part(state: CaseState, number: int, part: ContributionState) -> CaseState:
    return replace(state, contributions={**state.contributions, number: part})
