"""The customer asks for the next stage."""

from __future__ import annotations

from datetime import date
from typing import Final

from services.intake.domain.case.checks import (
    needs_case,
    needs_open,
    needs_regime,
    reason_of,
    regime_of,
    stage_of,
)
from services.intake.domain.case.command import Events, OfficerCommand, check_day, for_officers
from services.intake.domain.case.given import Given
from services.intake.domain.case.state import CaseState, Standing
from shared.contracts.intake import EscalationRequested, Reopened
from shared.kit.decider import Choice, Choices, Refused, Text
from shared.rules.regimes.rules import Kind


class RequestEscalation(OfficerCommand):
    """The customer asks for the next stage; nobody may demand a reason (Housing Ombudsman Code 6.12)."""

    verb = "request-escalation"
    requested_on: date
    reason: Text | None = None


def may(state: CaseState, given: Given) -> Choices:
    """The stage after this one; also of a case that was closed after its answer, and of a request that was refused."""
    if state.standing is Standing.REFUSED and regime_of(state, given).kind is not Kind.INFORMATION_REQUEST:
        needs_open(state)  # a complaint that wasn't accepted goes to the Ombudsman (LGSCO and HO Code 2.4)
    needs_case(state)
    needs_regime(state)
    stage = stage_of(state, given)
    if stage.next is None:
        raise Refused(
            "no-next-stage",
            "This was the last stage: the customer may go to the Ombudsman or the regulator.",
            stage.citation,
        )
    return (Choice(hints={"stage": stage.next}),)


def decide(command: RequestEscalation, state: CaseState, given: Given) -> Events:
    """The case is in the next stage from that day on; one that had ended goes on."""
    check_day(command.requested_on, state, given, since=state.stage_since)
    stage = stage_of(state, given)
    assert stage.next is not None
    requested = EscalationRequested(
        from_stage=stage.name,
        stage=stage.next,
        requested_on=command.requested_on,
        reason=reason_of(command.reason, state),
    )
    return (requested,) if state.is_open else (Reopened(), requested)


REQUEST_ESCALATION: Final = for_officers(RequestEscalation, decide, may)
