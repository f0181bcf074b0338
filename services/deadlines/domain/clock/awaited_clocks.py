"""The clock of an answer that somebody waits for: a department's contribution, an Ombudsman's enquiry."""

from __future__ import annotations

from datetime import date

from services.deadlines.domain.clock import case_history
from services.deadlines.domain.clock.case_history import AwaitedAnswer
from services.deadlines.domain.clock.dates import Basis, worked_out
from services.deadlines.domain.clock.given import Given
from services.deadlines.domain.clock.planned import Beyond, Planned, identity, none_or_beyond
from services.deadlines.domain.clock.state import Clocks
from shared.contracts.deadlines import FactNoted
from shared.rules.regimes import due_date
from shared.rules.regimes.refused import ClockRefused
from shared.rules.regimes.rules import Clock, Regime
from shared.rules.regimes.working import Working, long


def clock_of(state: Clocks, asked: AwaitedAnswer, given: Given) -> Planned | Beyond | None:
    """The clock of one answer that was asked for; it is about that alone."""
    ask = asked.fact
    under = ask if ask.regime else case_history.triaged(state)
    if under is None:  # heard of before the triage: it starts under the case's regime, and never under none
        return None
    rules = given.regime(under.regime, under.regime_version)
    clock = rules.clock(ask.clock)
    try:
        working = _asked_date(rules, clock, ask, _changed(state, ask.clock, ask.about) or ask.due_on, given)
    except ClockRefused as refused:
        return none_or_beyond(refused, identity(rules.name, ask.clock, ask.about))
    end = asked.ended or (None if ask.regime else case_history.ended(state))
    return Planned(
        regime=rules.name,
        regime_version=rules.version,
        clock=ask.clock,
        about=ask.about,
        number=ask.number,
        stage=clock.stage if ask.regime else under.stage,
        role=clock.role,
        working=working,
        given=working.length == 0,
        department_id=ask.department_id,
        met_on=asked.answered_on,
        end=end if asked.answered_on is None else None,
    )


def _asked_date(regime: Regime, clock: Clock, ask: FactNoted, named: date | None, given: Given) -> Working:
    """The date that whoever asks has named prevails; without one, the usual time from the day of asking."""
    event = str(clock.base[0])
    if named is None:
        basis = Basis(regime=regime, clock=clock, base_event=event, base_date=ask.on, received_on=ask.on)
        return worked_out(basis, given.calendar)
    who = "letter" if ask.regime else "officer who asked"
    note = f"The {who} names {long(named)}."
    return due_date.given(
        regime, clock.name, ask.on, named, note=note, calendar=given.calendar, base_event=event
    )


def _changed(state: Clocks, clock: str, about: str) -> date | None:
    """The date that an officer changed it to after it was given."""
    runs = [run for run in state.runs.values() if (run.clock, run.about) == (clock, about)]
    last = max(runs, key=lambda run: run.occurrence, default=None)
    return None if last is None else last.given_due
