"""What sealing needs of a keyring. PostgreSQL keeps the real one; tests may keep theirs in a dict."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Protocol
from uuid import UUID

from shared.kit.keyring.data_key import DataKey


class Keyring(Protocol):
    """Data keys, one for each (owner, case). What was destroyed never comes back."""

    async def create(self, owner: UUID, case: UUID) -> DataKey:
        """The key of that owner in that case, made now if there is none yet.

        Raises:
            Erased: it was destroyed, or everything of that owner or in that case was.
        """
        ...

    async def get(self, key_id: UUID) -> DataKey | None:
        """The key with that id; None: destroyed."""
        ...

    async def get_many(self, key_ids: Collection[UUID]) -> Mapping[UUID, DataKey | None]:
        """As `get` for each of them, in one call."""
        ...

    async def destroy(self, *, owner: UUID | None = None, case: UUID | None = None) -> int:
        """Destroys every key of the owner, in the case, or of the owner in the case; the number destroyed.

        It holds for keys not made yet as well: `create` is refused within that scope from now on.
        Destroying again changes nothing.

        Raises:
            ValueError: neither is given.
        """
        ...

    def forget(self, owner: UUID | None = None, *, case: UUID | None = None) -> None:
        """Drops what this process remembers of them; called when a destruction done elsewhere is read."""
        ...
