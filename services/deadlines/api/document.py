"""Clocks, pauses and extensions as JSON."""

from __future__ import annotations

from typing import Any

from services.deadlines.domain.clock import RegimeBook
from services.deadlines.domain.clock.state import Proposal, Run, Span
from services.deadlines.views.due.fold import State


def clock_document(run: Run, regimes: RegimeBook) -> dict[str, Any]:
    """A run of a clock. While it is paused it has no date."""
    rule = regimes.version(run.regime, run.regime_version).clock(run.clock)
    return {
        "clock": run.clock,
        "occurrence": run.occurrence,
        "title": rule.title,
        "citation": rule.citation,
        "regime": run.regime,
        "regime_version": run.regime_version,
        "stage": run.stage,
        "role": run.role,
        "base_event": run.base_event,
        "base_date": run.base_date,
        "due_on": run.due_on,
        "given": run.given,
        "state": state_of(run).value,
        "paused_on": run.paused_on if run.live else None,
        "met_on": run.met_on,
        "late": run.late,
        "missed": run.missed_on == run.due_on,
        "stopped": run.stopped,
        "department_id": run.department_id,
        "calendar_version": run.calendar_version,
    }


def state_of(run: Run) -> State:
    """Where a run stands, as the list of what is due says it."""
    if run.met_on is not None:
        return State.MET
    if run.stopped is not None:
        return State.STOPPED
    if run.paused_on is not None:
        return State.PAUSED
    return State.MISSED if run.missed_on == run.due_on else State.RUNNING


def span_document(span: Span) -> dict[str, Any]:
    """A pause; `to` is none while it lasts."""
    return {"kind": span.kind, "from": span.start, "to": span.end, "citation": span.citation}


def proposal_document(proposal: Proposal) -> dict[str, Any]:
    """An extension and what has become of it."""
    state = "proposed" if proposal.pending else "lapsed" if proposal.lapsed else "in-force"
    return {
        "clock": proposal.clock,
        "occurrence": proposal.occurrence,
        "proposal": proposal.number,
        "new_due_on": proposal.new_due_on,
        "notice_by": proposal.notice_by,
        "notice_sent_on": proposal.notice_sent_on,
        "state": state,
        "citation": proposal.citation,
    }
