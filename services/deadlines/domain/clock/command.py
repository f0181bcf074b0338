"""What commands to the clocks of a case carry."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from shared.contracts.deadlines import ClockEvent
from shared.kit.decider import Command

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
