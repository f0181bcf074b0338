"""Which clocks a case ought to have, by everything that is known: the same, in whatever order it was heard."""

from __future__ import annotations

from services.deadlines.domain.clock import case_history
from services.deadlines.domain.clock.awaited_clocks import clock_of
from services.deadlines.domain.clock.given import Given
from services.deadlines.domain.clock.planned import Beyond, Planned
from services.deadlines.domain.clock.regime_clocks import clocks_of_case, clocks_of_referral
from services.deadlines.domain.clock.state import Clocks


def plan(state: Clocks, given: Given) -> tuple[Planned | Beyond, ...]:
    """Every clock that the facts, pauses, restarts and extensions lead to. Raises `UnknownRegime`."""
    planned: list[Planned | Beyond] = []
    triaged = case_history.triaged(state)
    if triaged is not None:
        planned += clocks_of_case(state, given.regime(triaged.regime, triaged.regime_version), given)
    for referral in case_history.referrals(state):
        regime = given.regime(referral.regime, referral.regime_version)
        planned += clocks_of_referral(state, regime, referral.about, given)
    for asked in case_history.asked(state):
        clock = clock_of(state, asked, given)
        if clock is not None:
            planned.append(clock)
    return tuple(planned)
