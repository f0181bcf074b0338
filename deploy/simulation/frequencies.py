"""How often things happen in a life, read from `data/frequencies.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict, Field


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class RecordedDay(_Table):
    """A day that only an officer knows: under which regime, in which stage, how often, how many days later.

    Days before the receipt are negative; later ones count from the step before.
    """

    regime: str
    stage: str
    base: str
    chance: float
    days: tuple[int, int]


class Referral(_Table):
    """To which Ombudsman matters of a regime go, and how often one that has ended does."""

    ombudsman: str
    chance: float


class BankHoliday(_Table):
    """A bank holiday that is proclaimed in the middle of it all."""

    on: date
    nation: str
    source: str
    announced_on: date


class GoingOn(_Table):
    """Cases that are filed as going on.

    Attributes:
        months: over how long a time before today they came in.
        among: how many lives are lived for each that is filed.
        late: how often an answer is late among those: who asks for what is due today finds it among the late ones.
        shares: of which urgency those that are filed are.
    """

    months: int = Field(ge=1)
    among: int = Field(ge=1)
    late: float
    shares: Mapping[str, float]


class Frequencies(_Table):
    """The numbers of the simulation.

    Attributes:
        until: the London day on which the simulation ends; lives that go on then are open cases.
        months: over how long a time before that cases come in.
        chances: probabilities, by name; `days` are spans of days of which one is taken, by name.
        escalations: how often the next stage is asked for, by regime.
    """

    until: date
    months: int = Field(ge=1)
    chances: Mapping[str, float]
    days: Mapping[str, tuple[int, int]]
    regimes: Mapping[str, float]
    channels: Mapping[str, float]
    languages: Mapping[str, float]
    outcomes: Mapping[str, float]
    endings: Mapping[str, float]
    escalations: Mapping[str, float]
    priorities: Mapping[str, float]
    attempts: Mapping[str, float]
    referrals: Mapping[str, Referral]
    recorded_days: tuple[RecordedDay, ...]
    proclaimed: BankHoliday
    going_on: GoingOn


@cache
def load_frequencies() -> Frequencies:
    """The numbers of this release.

    Raises:
        pydantic.ValidationError: the file can't be right.
    """
    text = (files("deploy.simulation.data") / "frequencies.toml").read_text(encoding="utf-8")
    return Frequencies.model_validate(tomllib.loads(text))
