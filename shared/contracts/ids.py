"""The ids of cases, contacts, units and the calendar: derived, so that a repeat is recognisable."""

from __future__ import annotations

from typing import Final
from uuid import UUID, uuid5

from shared.kit.events import NAMESPACE


def case_id(principal: str, command: UUID | str) -> UUID:
    """The case that `principal`'s opening command makes; repeating the command names the same case."""
    return uuid5(NAMESPACE, f"case\x1f{principal}\x1f{command}")


def contact_id(principal: str, command: UUID | str) -> UUID:
    """The contact (what has no case yet) that `principal`'s message makes."""
    return uuid5(NAMESPACE, f"contact\x1f{principal}\x1f{command}")


def unit_id(code: str) -> UUID:
    """The id of the unit (a team or a department) with that code."""
    return uuid5(NAMESPACE, f"unit\x1f{code}")


CALENDAR_KEY: Final = uuid5(NAMESPACE, "calendar-england")
"""The key of the stream `calendar-england`."""
