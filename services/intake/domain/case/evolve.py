"""How a case's state follows from its events. Dates are copied from events, none is computed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from services.intake.domain.case.state import CaseState, ContributionState, LetterState, Standing
from shared.contracts import intake
from shared.kit.events import Event


def evolve(state: CaseState, event: Event) -> CaseState:
    """The state after an event; what the rules needn't know leaves it as it is."""
    step = _STEPS.get(type(event))
    return state if step is None else step(state, event)


def _opened(state: CaseState, event: intake.CaseOpened) -> CaseState:
    people = (event.customer, event.representative)
    return replace(
        state,
        standing=Standing.OPEN,
        reference=event.reference,
        owner=event.customer.person_id if event.customer else None,
        received_on=event.receipt.received_on,
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


_STEPS: Final[dict[type[Any], Callable[[CaseState, Any], CaseState]]] = {
    intake.CaseOpened: _opened,
    intake.Triaged: _triaged,
    intake.CaseRefused: _refused,
    intake.Assigned: _assigned,
    intake.AcknowledgementIssued: _acknowledgement_issued,
    intake.Acknowledged: _acknowledged,
    intake.ResponseIssued: _response_issued,
    intake.Responded: _responded,
    intake.LetterNotSent: _letter_not_sent,
    intake.ContributionRequested: _contribution_requested,
    intake.ContributionReceived: _contribution_ended,
    intake.ContributionWithdrawn: _contribution_ended,
    intake.EscalationRequested: _escalation_requested,
    intake.BaseDateRecorded: _base_date_recorded,
    intake.ContactPlanSet: _contact_plan_set,
    intake.ReferredToOmbudsman: _referred,
    intake.Closed: _closed,
    intake.Reopened: _reopened,
}
