"""What every command to a case carries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from pydantic import AwareDatetime, Field

from services.intake.domain.case.given import Given
from services.intake.domain.case.state import CaseState
from shared.contracts.intake import CaseEvent
from shared.kit.decider import Choices, Command, Refused, Slice
from shared.rules.calendar.london import london_day

Events = tuple[CaseEvent, ...]


class OfficerCommand(Command):
    """What an officer asks for; perhaps it happened earlier."""

    happened_at: AwareDatetime | None = Field(
        default=None, description="When it happened, if that was earlier; never before the receipt."
    )

    def happened_on(self, given: Given) -> date:
        return london_day(self.happened_at or given.now)

    @property
    def names_units(self) -> tuple[str, ...]:
        """The codes of the units that it names: they are looked up before it is decided."""
        return ()

    @property
    def names_officers(self) -> tuple[UUID, ...]:
        """The people of staff that it names: whether they work in those units is looked up, too."""
        return ()


C = TypeVar("C", bound=OfficerCommand)


def for_officers(
    command: type[C],
    decide: Callable[[C, CaseState, Given], Events],
    may: Callable[[CaseState, Given], Choices],
) -> Slice[C, CaseState, Given, CaseEvent]:
    """A feature of officers: its times are checked before anything is decided."""

    def checked(asked: C, state: CaseState, given: Given) -> Events:
        _check_times(asked.happened_at, asked.happened_on(given), state, given)
        return decide(asked, state, given)

    return Slice(command, checked, may)


def _check_times(happened_at: datetime | None, on: date, state: CaseState, given: Given) -> None:
    if happened_at is not None and happened_at > given.now:
        raise Refused("in-the-future", "That is still in the future: give the time at which it happened.")
    check_day(on, state, given)


def check_day(day: date, state: CaseState, given: Given, *, since: date | None = None) -> None:
    """A day that an officer gives: not in the future, not before `since` (the receipt, if nothing else).

    Raises:
        Refused: `in-the-future`, `before-receipt`.
    """
    if day > given.today:
        raise Refused("in-the-future", f"{day.isoformat()} is still in the future.")
    earliest = since or state.received_on
    if earliest is not None and day < earliest:
        raise Refused("before-receipt", f"{day.isoformat()} is before {earliest.isoformat()}, when it began.")
