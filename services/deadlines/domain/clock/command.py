"""What commands to the clocks of a case carry, and how an officer's leads to what follows for every clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import reduce
from typing import Annotated, TypeVar

from pydantic import Field

from services.deadlines.domain.clock.evolve import evolve
from services.deadlines.domain.clock.given import Given
from services.deadlines.domain.clock.names import MovedBy
from services.deadlines.domain.clock.pauses import running_again
from services.deadlines.domain.clock.plan import refuse_unknown_days
from services.deadlines.domain.clock.reconcile import with_clocks
from services.deadlines.domain.clock.state import Clocks
from shared.contracts.deadlines import ClockEvent
from shared.kit.decider import Choice, Command, Slice

Events = tuple[ClockEvent, ...]
Occurrence = Annotated[int | None, Field(ge=1, description="Which run of the clock; without it, the last.")]


class OfficerCommand(Command):
    """What an officer asks for. Its days are London dates."""

    @property
    def happened_on(self) -> date | None:
        """The day on which it happened, where that may be earlier than the day of the command."""
        return None


class TimerCommand(Command):
    """A timer of a clock that came due. It looks again: what has changed since it was armed makes it stale."""


C = TypeVar("C", bound=OfficerCommand)
Tries = Callable[[Clocks, Given], Iterable[tuple[Choice, C]]]


def for_officers(
    command: type[C], told: Callable[[C, Clocks, Given], Events], tries: Tries[C], moved_by: MovedBy
) -> Slice[C, Clocks, Given, ClockEvent]:
    """A feature of officers: what its command says (`told`), and the new dates that come of it.

    Its decision raises `Refused` as `told`; `no-term-dates` where a clock would come to lie beyond a school's terms.
    """

    def decide(asked: C, state: Clocks, given: Given) -> Events:
        events = told(asked, state, given)
        refuse_unknown_days(state, reduce(evolve, events, state), given)
        return with_clocks(state, events, given, moved_by, running_again(events, state))

    return Slice(command, decide, tries=tries)
