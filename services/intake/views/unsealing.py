"""Sealed columns of rows, opened for an answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shared.kit.events import SealedValue
from shared.kit.keyring import Sealer

ERASED = {"erased": True}
"""What stands where a text was whose key is destroyed."""


async def unseal_columns(sealer: Sealer, rows: Sequence[dict[str, Any]], columns: Sequence[str]) -> None:
    """Replaces sealed values (as JSON objects) by their texts, in place, asking the keyring at most once."""
    places = [(row, column) for row in rows for column in columns if row[column] is not None]
    texts = await sealer.unseal_many(SealedValue.model_validate(row[column]) for row, column in places)
    for (row, column), text in zip(places, texts, strict=True):
        row[column] = ERASED if text is None else text
