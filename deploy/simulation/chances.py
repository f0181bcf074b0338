"""Drawing lots, the same from the same seed on every machine."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random


def pick(rng: Random, shares: Mapping[str, float]) -> str:
    """One of the words, each as often as its share."""
    words = list(shares)
    return rng.choices(words, weights=[shares[word] for word in words])[0]
