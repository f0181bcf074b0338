"""Drawing lots, the same from the same seed on every machine."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import TypeVar

V = TypeVar("V")


def told(values: Mapping[str, V], name: str, table: str) -> V:
    """What a table of `deploy/simulation/data` says under that name.

    Raises:
        LookupError: nothing.
    """
    if name not in values:
        raise LookupError(f"deploy/simulation/data/{table} says nothing of {name!r}")
    return values[name]


def pick(rng: Random, shares: Mapping[str, float]) -> str:
    """One of the words, each as often as its share."""
    words = list(shares)
    return rng.choices(words, weights=[shares[word] for word in words])[0]
