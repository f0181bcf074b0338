"""The ids of cases, contacts, units, staff and the calendar, derived so that a repeat is recognisable; streams."""

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


def staff_id(issuer: str, subject: str) -> UUID:
    """The id of a person of staff: whom an identity provider (`issuer`) calls `subject`, for ever and nobody else.

    A subject that says nothing of the person makes an id that says nothing; two namesakes have two.
    """
    return uuid5(NAMESPACE, f"staff\x1f{issuer}\x1f{subject}")


CALENDAR_KEY: Final = uuid5(NAMESPACE, "calendar-england")
"""The key of the stream `calendar-england`."""


def case_stream(case: UUID) -> str:
    """The stream in which intake decides about a case."""
    return f"case-{case}"


def clock_stream(case: UUID) -> str:
    """The stream in which deadlines decides about a case's clocks."""
    return f"clock-{case}"


def contact_stream(contact: UUID) -> str:
    """The stream of a contact that has no case."""
    return f"contact-{contact}"


def unit_stream(unit: UUID) -> str:
    """The stream of a unit; its registration is the first event."""
    return f"unit-{unit}"


def person_stream(person: UUID) -> str:
    """The stream of a person, be it a customer or one of the staff."""
    return f"person-{person}"
