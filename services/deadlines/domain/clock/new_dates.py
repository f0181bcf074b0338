"""The new dates that follow, for every clock, from what an officer says of one."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from typing import TypeVar

from services.deadlines.domain.clock.command import Events, OfficerCommand
from services.deadlines.domain.clock.evolve import evolve
from services.deadlines.domain.clock.given import Given
from services.deadlines.domain.clock.names import MovedBy
from services.deadlines.domain.clock.pauses import running_again
from services.deadlines.domain.clock.plan import plan
from services.deadlines.domain.clock.planned import Beyond
from services.deadlines.domain.clock.reconcile import with_clocks
from services.deadlines.domain.clock.state import Clocks
from shared.contracts.deadlines import ClockEvent
from shared.kit.decider import Slice
from shared.rules.regimes.refused import NO_TERM_DATES

C = TypeVar("C", bound=OfficerCommand)


def with_new_dates(
    feature: Slice[C, Clocks, Given, ClockEvent], moved_by: MovedBy
) -> Slice[C, Clocks, Given, ClockEvent]:
    """The feature, and behind what its command says the new dates that come of it.

    Its decision raises `Refused` as the feature's; `no-term-dates` where a clock would come to lie beyond a school's
    terms.
    """

    def decide(command: C, state: Clocks, given: Given) -> Events:
        events = feature.decide(command, state, given)
        _refuse_unknown_days(state, reduce(evolve, events, state), given)
        return with_clocks(state, events, given, moved_by, running_again(events, state))

    return replace(feature, decide=decide)


def _refuse_unknown_days(before: Clocks, after: Clocks, given: Given) -> None:
    known = {clock.identity for clock in plan(before, given) if isinstance(clock, Beyond)}
    for clock in plan(after, given):
        if isinstance(clock, Beyond) and clock.identity not in known and clock.refused.code == NO_TERM_DATES:
            raise clock.refused
