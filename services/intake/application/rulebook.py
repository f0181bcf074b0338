"""The rulebook of this release, read from its files."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from services.intake.domain.rulebook import Rulebook
from shared.rules.calendar import load_calendar
from shared.rules.calendar.schools import load_schools
from shared.rules.regimes import load_regimes
from shared.rules.regimes.policy import load_policy


@cache
def load_rulebook(schools: Path | None = None) -> Rulebook:
    """The rulebook of this release, with the schools of that folder. Raises `RuleFileError`."""
    calendar = load_calendar().with_schools(load_schools(schools))
    return Rulebook(load_regimes(), calendar, load_policy())
