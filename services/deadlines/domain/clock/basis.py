"""What a clock of the case counts from, by everything that is known of the case."""

from __future__ import annotations

from datetime import date

from services.deadlines.domain.clock import case_history
from services.deadlines.domain.clock.case_history import Happenings
from services.deadlines.domain.clock.dates import Basis, pauses_of
from services.deadlines.domain.clock.state import Clocks, Proposal
from shared.rules.regimes.rules import Clock, Regime


def basis_of(
    state: Clocks, regime: Regime, clock: Clock, happened: Happenings, until: date | None = None
) -> Basis | None:
    """The day, the pauses and the extension that its date follows from; none where nothing has set it going.

    A pause that lasts ends on `until`, or isn't taken out yet.
    """
    dated = [(day, str(trigger)) for trigger in clock.base if (day := happened.prevailing(trigger))]
    if not dated:
        return None
    base_date, base_event = max(dated, key=lambda found: found[0])
    triaged = case_history.triaged(state)
    own = triaged is not None and triaged.regime == regime.name
    received_on = triaged.on if triaged is not None and own else base_date
    return Basis(
        regime=regime,
        clock=clock,
        base_event=base_event,
        base_date=base_date,
        received_on=received_on,
        school=triaged.school if triaged is not None and own else None,
        spans=pauses_of(state.spans, regime, clock.name, received_on=received_on, until=until),
        extension=_extension(state, regime, clock, base_date),
    )


def _extension(state: Clocks, regime: Regime, clock: Clock, base_date: date) -> Proposal | None:
    """The extension that holds: one whose notice left before the clock was started anew holds no more."""
    runs = {run.key for run in state.runs.values() if (run.regime, run.clock) == (regime.name, clock.name)}
    held = [
        proposal
        for proposal in state.proposals
        if (proposal.clock, proposal.occurrence) in runs
        and proposal.notice_sent_on is not None
        and proposal.notice_sent_on >= base_date
    ]
    return max(held, key=lambda proposal: (proposal.new_due_on, proposal.number), default=None)
