"""A keyring in a dict, for tests of what seals and unseals."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from uuid import UUID, uuid4

from shared.kit.keyring import DataKey, Erased


class DictKeyring:
    """Behaves as the real one. `asked` counts the calls that a database would have had to answer."""

    def __init__(self) -> None:
        self.keys: dict[UUID, DataKey] = {}
        self.destructions: set[tuple[UUID | None, UUID | None]] = set()
        self.asked = 0

    async def create(self, owner: UUID, case: UUID) -> DataKey:
        self.asked += 1
        for key in self.keys.values():
            if (key.owner, key.case) == (owner, case):
                return key
        if self.destructions & {(owner, None), (None, case), (owner, case)}:
            raise Erased(owner, case)
        key = DataKey(uuid4(), owner, case, os.urandom(32))
        self.keys[key.key_id] = key
        return key

    async def get(self, key_id: UUID) -> DataKey | None:
        self.asked += 1
        return self.keys.get(key_id)

    async def get_many(self, key_ids: Collection[UUID]) -> Mapping[UUID, DataKey | None]:
        self.asked += 1
        return {key_id: self.keys.get(key_id) for key_id in key_ids}

    async def destroy(self, *, owner: UUID | None = None, case: UUID | None = None) -> int:
        self.asked += 1
        self.destructions.add((owner, case))
        gone = [key_id for key_id, key in self.keys.items() if key.is_within(owner, case)]
        for key_id in gone:
            del self.keys[key_id]
        return len(gone)

    def forget(self, owner: UUID | None = None, *, case: UUID | None = None) -> None:
        """It remembers nothing beside what it knows."""
