"""The made-up council: departments, the people in them, and what they and their customers write."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from typing import Final
from uuid import UUID

from services.intake.domain.unit_seen import UnitSeen
from shared.contracts.ids import staff_id, unit_id

ISSUER: Final = "urn:redress:simulation"
"""Whose subjects the people of the simulation are."""
OFFICER, HEAD = "officer", "head-of-service"
"""The positions in a department, which are the rungs of its reminders."""
_OFFICERS: Final = 3


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody who works here; `login` is the name by which the data folder knows them."""

    login: str
    name: str
    position: str

    @property
    def person_id(self) -> UUID:
        """Their id, where no identity provider says otherwise."""
        return staff_id(ISSUER, self.login)

    @property
    def principal(self) -> str:
        return f"person:{self.person_id}"

    @property
    def email(self) -> str:
        """An address under a domain that nobody can have."""
        return f"{self.login}@council.example"


@dataclass(frozen=True, slots=True)
class Department:
    """A department: its officers, and their head, who comes last."""

    code: str
    name: str
    staff: tuple[Staff, ...]

    @property
    def unit_id(self) -> UUID:
        return unit_id(self.code)

    @property
    def email(self) -> str:
        return f"{self.code}@council.example"

    @property
    def seen(self) -> UnitSeen:
        return UnitSeen(self.unit_id, self.name, frozenset(each.person_id for each in self.staff))


@dataclass(frozen=True, slots=True)
class Council:
    """Who works here, and the words that are used."""

    departments: tuple[Department, ...]
    answered_by: Mapping[str, str]
    names: Mapping[str, list[str]]
    words: Mapping[str, str]
    texts: Mapping[str, list[list[str]]]

    def answers_for(self, regime: str, rng: Random) -> Department:
        code = self.answered_by.get(regime)
        found = [each for each in self.departments if each.code == code]
        return found[0] if found else rng.choice(self.departments)

    def somebody(self, rng: Random) -> str:
        """The name of somebody who doesn't exist."""
        return _name(self.names, rng)

    def letter(self, regime: str, rng: Random) -> tuple[str, str]:
        """What somebody writes under this regime: a subject and a text."""
        subject, text = rng.choice(self.texts.get(regime, self.texts["any"]))
        return subject, text


@cache
def load_council() -> Council:
    told = tomllib.loads((files("deploy.simulation.data") / "council.toml").read_text(encoding="utf-8"))
    rng = Random(ISSUER)  # noqa: S311  names, no secrets
    return Council(
        tuple(_department(each, told["names"], rng) for each in told["departments"]),
        told["answered_by"],
        told["names"],
        told["words"],
        told["texts"],
    )


def _name(names: Mapping[str, list[str]], rng: Random) -> str:
    return f"{rng.choice(names['first'])} {rng.choice(names['family'])}"


def _department(told: Mapping[str, str], names: Mapping[str, list[str]], rng: Random) -> Department:
    def member(number: int, position: str) -> Staff:
        return Staff(f"{told['code']}.{number}", _name(names, rng), position)

    staff = [member(number, OFFICER) for number in range(1, _OFFICERS + 1)]
    return Department(told["code"], told["name"], (*staff, member(_OFFICERS + 1, HEAD)))
