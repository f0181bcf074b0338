"""Triage, refusal, assignment, stages, dates, contact plan, closing."""

from __future__ import annotations

from services.intake.domain.case.checks import check_day, check_option, reason_of, text_of
from services.intake.domain.case.commands import (
    Assign,
    Close,
    RecordBaseDate,
    Refuse,
    RequestEscalation,
    SetContactPlan,
    Triage,
)
from services.intake.domain.case.policy import CHANNELS, Options, is_settled
from services.intake.domain.case.state import CaseState
from services.intake.domain.rulebook import Rulebook, first_stage, refusal_citation
from shared.contracts import intake
from shared.kit.decider import Refused
from shared.kit.events import Event


def triage(rules: Rulebook, command: Triage, state: CaseState, allowed: Options) -> tuple[Event, ...]:
    """The case comes under a regime, moves to another, or is shown to fewer or more people."""
    moves = command.regime != state.regime
    if not moves and command.restricted == state.restricted:
        return ()
    if moves and state.regime is not None and is_settled(state, rules):
        raise Refused(
            "already-answered", "A case that was answered stays under its regime: open a new one instead."
        )
    check_option(command.regime, allowed["regime"], "no-such-regime", "The regime")
    assert state.received_on is not None
    if moves:
        regime = rules.in_force(command.regime, state.received_on)
        version, stage = regime.version, first_stage(regime)
    else:
        version, stage = state.regime_version or "", state.stage or ""
    return (
        intake.Triaged(
            regime=command.regime,
            regime_version=version,
            stage=stage,
            received_on=state.received_on,
            previous_regime=state.regime,
            reason=reason_of(command.reason, state),
            restricted=command.restricted,
        ),
    )


def refuse(rules: Rulebook, command: Refuse, state: CaseState, allowed: Options) -> tuple[Event, ...]:
    """The matter isn't accepted; the customer is told where that can be taken (LGSCO Code 2.4)."""
    check_option(command.regime, allowed["regime"], "no-such-regime", "The regime")
    assert state.received_on is not None
    return (
        intake.CaseRefused(
            ground=command.ground,
            reason=text_of(command.reason, state),
            citation=refusal_citation(rules.in_force(command.regime, state.received_on)),
            ombudsman=rules.ombudsman(command.regime),
            refused_on=command.happened_on,
        ),
    )


def assign(command: Assign, state: CaseState) -> tuple[Event, ...]:
    """A department answers for the case, named as it is today."""
    if (state.department_id, state.officer_id) == (command.department_id, command.officer_id):
        return ()
    return (
        intake.Assigned(
            department_id=command.department_id,
            department_name=command.department_name,
            officer_id=command.officer_id,
        ),
    )


def escalate(command: RequestEscalation, state: CaseState, next_stage: str) -> tuple[Event, ...]:
    """The customer wants the next stage; a case that was closed after its answer goes on."""
    check_day(command.requested_on, command, state, since=state.stage_since)
    assert state.stage is not None
    requested = intake.EscalationRequested(
        from_stage=state.stage,
        stage=next_stage,
        requested_on=command.requested_on,
        reason=reason_of(command.reason, state),
    )
    return (requested,) if state.is_open else (intake.Reopened(), requested)


def record_base_date(command: RecordBaseDate, state: CaseState, allowed: Options) -> tuple[Event, ...]:
    """A day that the regime counts from; it may be before the receipt (when the grounds arose) or agreed ahead."""
    check_option(command.base, allowed["base"], "no-such-base-date", "The day")
    if state.bases.get(command.base) == command.on:
        return ()
    return (
        intake.BaseDateRecorded(base=command.base, on=command.on, reason=reason_of(command.reason, state)),
    )


def set_contact_plan(command: SetContactPlan, state: CaseState) -> tuple[Event, ...]:
    """The only channels that are safe; none at all means that nobody writes."""
    for channel in command.safe_channels:
        check_option(channel, CHANNELS, "no-such-channel", "The channel")
    if state.safe_channels == frozenset(command.safe_channels):
        return ()
    channels = tuple(sorted(set(command.safe_channels)))
    return (intake.ContactPlanSet(safe_channels=channels, reason=reason_of(command.reason, state)),)


def close(command: Close, state: CaseState, allowed: Options) -> tuple[Event, ...]:
    """The case ends; `answered` only once the answer has left."""
    check_option(command.ground, allowed["ground"], "ground-not-open", "The ground")
    return (
        intake.Closed(
            ground=command.ground,
            closed_on=command.happened_on,
            reason=reason_of(command.reason, state),
        ),
    )
