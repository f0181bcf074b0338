"""The contacts and the units of the demonstration, read from `contacts.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files

from shared.rules.calendar.london import london_day


def today() -> date:
    return london_day(datetime.now(UTC))


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A contact as the customer made it, and what an officer will decide about it."""

    name: str
    adapter: str
    days_ago: int
    regime: str
    department: str
    customer: str
    subject: str
    text: str
    language: str = "en"
    restricted: bool = False

    @property
    def received_on(self) -> date:
        return today() - timedelta(days=self.days_ago)

    @property
    def email(self) -> str:
        """An address under a domain that nobody can have."""
        return f"{self.customer.lower().replace(' ', '.')}@customers.example"


@dataclass(frozen=True, slots=True)
class Broken:
    """A message that can't be read."""

    name: str
    adapter: str
    body: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A department."""

    code: str
    name: str

    def address(self, who: str) -> str:
        """The address of somebody there."""
        return f"{who}.{self.code}@council.example"


@dataclass(frozen=True, slots=True)
class Casebook:
    """Everything that the demonstration knows beforehand."""

    contacts: tuple[Contact, ...]
    broken: tuple[Broken, ...]
    units: tuple[Unit, ...]


def load() -> Casebook:
    told = tomllib.loads((files(__package__) / "contacts.toml").read_text(encoding="utf-8"))
    return Casebook(
        tuple(Contact(**each) for each in told["contact"]),
        tuple(Broken(**each) for each in told["broken"]),
        tuple(Unit(**each) for each in told["unit"]),
    )
