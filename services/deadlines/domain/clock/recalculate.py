"""The calendar, or a school's terms, have changed."""

from __future__ import annotations

from typing import Final

from services.deadlines.domain.clock.command import Events
from services.deadlines.domain.clock.given import Given
from services.deadlines.domain.clock.state import Clocks
from shared.kit.decider import Command, Slice


class Recalculate(Command):
    """Look at the clocks again."""

    verb = "recalculate"


def looked_again(_command: Recalculate, _state: Clocks, _given: Given) -> Events:
    """Nothing more: every command begins with what today's calendar changes."""
    return ()


RECALCULATE: Final = Slice(Recalculate, looked_again)
