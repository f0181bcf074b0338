"""The Ombudsmen of this release: regimes and outcomes, both data."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from services.ombudsman.domain.referral.vocabulary import Vocabulary
from shared.rules.regimes import load_regimes


@cache
def load_vocabulary() -> Vocabulary:
    """Reads both files once."""
    text = (files("services.ombudsman.data") / "outcomes.toml").read_text(encoding="utf-8")
    outcomes = {name: tuple(words) for name, words in tomllib.loads(text).items()}
    return Vocabulary(load_regimes(), outcomes)
