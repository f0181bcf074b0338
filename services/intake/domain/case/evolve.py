"""How a case's state follows from its events. Dates are copied from events, none is computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import assert_never

from services.intake.domain.case.state import CaseState, ContributionState, LetterState, Standing
from shared.contracts import intake
from shared.contracts.intake import CaseEvent


def evolve(state: CaseState, event: CaseEvent) -> CaseState:  # noqa: C901, PLR0911, PLR0912  one line an event
    """The state after an event."""
    match event:
        case intake.CaseOpened():
            return _opened(state, event)
        case intake.Triaged():
            return _triaged(state, event)
        case intake.ReceiptCorrected():
            return _receipt_corrected(state, event)
        case intake.CaseRefused():
            return _refused(state, event)
        case intake.Assigned():
            return _assigned(state, event)
        case intake.AcknowledgementIssued():
            return _acknowledgement_issued(state, event)
        case intake.Acknowledged():
            return _acknowledged(state, event)
        case intake.ResponseIssued():
            return _response_issued(state, event)
        case intake.Responded():
            return _responded(state, event)
        case intake.LetterNotSent():
            return _letter_not_sent(state, event)
        case intake.ContributionRequested():
            return _contribution_requested(state, event)
        case intake.ContributionReceived():
            return _contribution_ended(state, event)
        case intake.ContributionWithdrawn():
            return _contribution_ended(state, event)
        case intake.EscalationRequested():
            return _escalation_requested(state, event)
        case intake.BaseDateRecorded():
            return _base_date_recorded(state, event)
        case intake.ContactPlanSet():
            return _contact_plan_set(state, event)
        case intake.ReferredToOmbudsman():
            return _referred(state, event)
        case intake.Closed():
            return _closed(state, event)
        case intake.Reopened():
            return _reopened(state, event)
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
    if event.regime == state.regime:
        return replace(state, restricted=event.restricted)
    return replace(
        state,
        regime=event.regime,
        regime_version=event.regime_version,
        stage=event.stage,
        stage_since=event.received_on,
        restricted=event.restricted,
        acknowledgements={},
        responses={},
        answered_by={},
        bases={},
    )


def _receipt_corrected(state: CaseState, event: intake.ReceiptCorrected) -> CaseState:
    first = state.stage_since == state.received_on
    return replace(
        state,
        received_on=event.received_on,
        receipt_is_doubtful=False,
        stage_since=event.received_on if first else state.stage_since,
        regime_version=event.regime_version,
    )


def _refused(state: CaseState, _event: intake.CaseRefused) -> CaseState:
    return replace(state, standing=Standing.REFUSED)


def _assigned(state: CaseState, event: intake.Assigned) -> CaseState:
    return replace(state, department_id=event.department_id, officer_id=event.officer_id)


def _acknowledgement_issued(state: CaseState, event: intake.AcknowledgementIssued) -> CaseState:
    letters = {**state.acknowledgements, event.stage: LetterState(event.means)}
    return replace(state, acknowledgements=letters)


def _acknowledged(state: CaseState, event: intake.Acknowledged) -> CaseState:
    letters = {**state.acknowledgements, event.stage: LetterState(event.means, event.sent_on)}
    return replace(state, acknowledgements=letters)


def _response_issued(state: CaseState, event: intake.ResponseIssued) -> CaseState:
    return replace(
        state,
        responses={**state.responses, event.stage: LetterState(event.means)},
        answered_by={**state.answered_by, event.stage: event.answered_by or ""},
    )


def _responded(state: CaseState, event: intake.Responded) -> CaseState:
    letters = {**state.responses, event.stage: LetterState(event.means, event.sent_on)}
    return replace(state, responses=letters)


def _letter_not_sent(state: CaseState, event: intake.LetterNotSent) -> CaseState:
    if event.purpose == "acknowledgement":
        return replace(state, acknowledgements=_without(state.acknowledgements, event.stage))
    return replace(state, responses=_without(state.responses, event.stage))


def _contribution_requested(state: CaseState, event: intake.ContributionRequested) -> CaseState:
    part = ContributionState(event.department_id)
    return replace(state, contributions={**state.contributions, event.contribution: part})


def _contribution_ended(
    state: CaseState, event: intake.ContributionReceived | intake.ContributionWithdrawn
) -> CaseState:
    part = replace(state.contributions[event.contribution], outstanding=False)
    return replace(state, contributions={**state.contributions, event.contribution: part})


def _escalation_requested(state: CaseState, event: intake.EscalationRequested) -> CaseState:
    return replace(state, stage=event.stage, stage_since=event.requested_on)


def _base_date_recorded(state: CaseState, event: intake.BaseDateRecorded) -> CaseState:
    return replace(state, bases={**state.bases, event.base: event.on})


def _contact_plan_set(state: CaseState, event: intake.ContactPlanSet) -> CaseState:
    return replace(state, safe_channels=frozenset(event.safe_channels))


def _referred(state: CaseState, event: intake.ReferredToOmbudsman) -> CaseState:
    return replace(state, referrals=state.referrals | {event.referral})


def _closed(state: CaseState, _event: intake.Closed) -> CaseState:
    return replace(state, standing=Standing.CLOSED)


def _reopened(state: CaseState, _event: intake.Reopened) -> CaseState:
    return replace(state, standing=Standing.OPEN)


def _without(letters: Mapping[str, LetterState], stage: str) -> dict[str, LetterState]:
    return {name: letter for name, letter in letters.items() if name != stage}
