"""The names of people and units, as they were when something was recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from services.audit.views.names import KnownNames
from services.audit.views.names.known import Named, as_it_was
from shared.kit.events import SealedValue

_PERSON: Final = "person:"


@dataclass(frozen=True, slots=True)
class NamesThen:
    """Names as they were at one moment; `texts` are the sealed ones, opened."""

    known: KnownNames
    texts: dict[SealedValue, str | None]
    at: datetime

    def unit(self, unit_id: str) -> str | None:
        """A unit's name; None where it isn't known."""
        return self._name(self.known.units.get(UUID(unit_id), []))

    def officer(self, officer_id: str) -> str | None:
        """The name of a person of staff; None where it isn't known or was erased."""
        return self._name(self.known.staff.get(UUID(officer_id), []))

    def principal(self, principal: str) -> str | None:
        """As `officer`, of who acted; None for a program."""
        person = person_of(principal)
        return None if person is None else self._name(self.known.staff.get(person, []))

    def _name(self, names: list[Named]) -> str | None:
        name = as_it_was(names, self.at)
        return self.texts.get(name) if isinstance(name, SealedValue) else name


def person_of(principal: str) -> UUID | None:
    """The id of the person who acted; None for a program, and for what names nobody."""
    try:
        return UUID(principal.removeprefix(_PERSON)) if principal.startswith(_PERSON) else None
    except ValueError:
        return None
