"""What a process remembers of the keyring: for a minute at most, and dropped when told."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from shared.kit.keyring.data_key import DataKey

MOST_KEYS: Final = 20_000
"""About 10 MB. The oldest go first."""


class KeyCache:
    """Keys, and destroyed keys, as the database told them at some moment of a monotonic clock."""

    def __init__(self, keep_for: float) -> None:
        """`keep_for`: seconds after which nothing remembered is believed any more."""
        self._keep_for = keep_for
        self._by_id: dict[UUID, tuple[DataKey | None, float]] = {}
        self._by_owner: dict[tuple[UUID, UUID], UUID] = {}
        self.generation = 0
        """Counts what was forgotten: an answer asked for before that must not be remembered after."""

    def find(self, key_id: UUID, now: float) -> DataKey | None:
        """The key, or None when it is destroyed.

        Raises:
            KeyError: nothing is remembered, or it is too old.
        """
        key, told_at = self._by_id[key_id]
        if now - told_at >= self._keep_for:
            self._drop(key_id)
            raise KeyError(key_id)
        return key

    def find_of(self, owner: UUID, case: UUID, now: float) -> DataKey:
        """The owner's key in the case.

        Raises:
            KeyError: nothing is remembered, or it is too old.
        """
        key = self.find(self._by_owner[owner, case], now)
        if key is None:
            raise KeyError((owner, case))
        return key

    def remember(self, key_id: UUID, key: DataKey | None, told_at: float) -> None:
        """`told_at`: when the database was asked, not when it answered."""
        self._drop(key_id)
        while len(self._by_id) >= MOST_KEYS:
            self._drop(next(iter(self._by_id)))
        self._by_id[key_id] = (key, told_at)
        if key is not None:
            self._by_owner[key.owner, key.case] = key_id

    def forget(self, owner: UUID | None, case: UUID | None) -> None:
        """Drops every key of the owner, in the case, or of the owner in the case."""
        self.generation += 1
        taken = [key_id for key_id, (key, _) in self._by_id.items() if key and key.is_within(owner, case)]
        for key_id in taken:
            self._drop(key_id)

    def _drop(self, key_id: UUID) -> None:
        key, _ = self._by_id.pop(key_id, (None, 0.0))
        if key is not None:
            self._by_owner.pop((key.owner, key.case), None)
