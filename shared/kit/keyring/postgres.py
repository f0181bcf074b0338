"""The keyring in its own PostgreSQL database, reached through three functions and nothing else."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Final
from uuid import UUID, uuid4

import structlog

from shared.kit import sql
from shared.kit.keyring.cache import KeyCache
from shared.kit.keyring.data_key import SECRET_BYTES, DataKey
from shared.kit.keyring.errors import Erased
from shared.kit.keyring.master_key import MasterKey

if TYPE_CHECKING:
    import asyncpg

_SQL: Final = sql.Statements(__package__)
LONGEST_MEMORY: Final = 60.0
"""Seconds for which a destroyed key may still be used by a process that has not heard of it."""

_log = structlog.get_logger(__name__)


class PostgresKeyring:
    """A `Keyring` that remembers a key for a minute at most. Share one in a process: it is its cache."""

    def __init__(
        self,
        pool: asyncpg.Pool[asyncpg.Record],
        master: MasterKey,
        *,
        keep_for: float = LONGEST_MEMORY,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`pool` leads to the keyring's database as a member of `redress_service`.

        Raises:
            ValueError: `keep_for` (seconds) is over a minute.
        """
        if keep_for > LONGEST_MEMORY:
            raise ValueError("A key is remembered for a minute at most")
        self._pool = pool
        self._master = master
        self._clock = clock
        self._cache = KeyCache(keep_for)

    async def create(self, owner: UUID, case: UUID) -> DataKey:
        """See `Keyring.create`. The key is committed, flushed to disk, before this returns."""
        now = self._clock()
        try:
            return self._cache.find_of(owner, case, now)
        except KeyError:
            generation = self._cache.generation
        key_id, secret = uuid4(), os.urandom(SECRET_BYTES)
        candidate = self._master.wrap(secret, row_identity(key_id, owner, case))
        row = await self._pool.fetchrow(_SQL.create_key, key_id, owner, case, candidate)
        if row is None:
            raise Erased(owner, case)
        key = self._unwrap(row["key_id"], owner, case, row["wrapped"])
        self._remember(key.key_id, key, now, generation)
        return key

    async def get(self, key_id: UUID) -> DataKey | None:
        """See `Keyring.get`. From the cache it doesn't wait for anything."""
        try:
            return self._cache.find(key_id, self._clock())
        except KeyError:
            return (await self.get_many((key_id,)))[key_id]

    async def get_many(self, key_ids: Collection[UUID]) -> Mapping[UUID, DataKey | None]:
        """See `Keyring.get_many`.

        Raises:
            Spoiled, MasterKeyMissing: a key can't be unwrapped.
        """
        now = self._clock()
        found: dict[UUID, DataKey | None] = {}
        unknown: list[UUID] = []
        for key_id in set(key_ids):
            try:
                found[key_id] = self._cache.find(key_id, now)
            except KeyError:
                unknown.append(key_id)
        if unknown:
            found.update(await self._ask(unknown, now))
        return found

    async def destroy(self, *, owner: UUID | None = None, case: UUID | None = None) -> int:
        if owner is None and case is None:
            raise ValueError("Name an owner, a case or both")
        number: int = await self._pool.fetchval(_SQL.destroy_keys, owner, case)
        self.forget(owner, case=case)
        return number

    def forget(self, owner: UUID | None = None, *, case: UUID | None = None) -> None:
        self._cache.forget(owner, case)

    async def _ask(self, key_ids: list[UUID], now: float) -> dict[UUID, DataKey | None]:
        generation = self._cache.generation
        rows = {row["key_id"]: row for row in await self._pool.fetch(_SQL.get_keys, key_ids)}
        told: dict[UUID, DataKey | None] = {}
        for key_id in key_ids:
            row = rows.get(key_id)
            if row is None:
                # Restored from a backup older than the key, perhaps: what it sealed reads as gone.
                _log.warning("a key is neither stored nor known as destroyed", key=str(key_id))
            key = (
                self._unwrap(key_id, row["owner"], row["case_id"], row["wrapped"])
                if row is not None and row["wrapped"] is not None
                else None
            )
            self._remember(key_id, key, now, generation)
            told[key_id] = key
        return told

    def _unwrap(self, key_id: UUID, owner: UUID, case: UUID, wrapped: bytes) -> DataKey:
        secret = self._master.unwrap(wrapped, row_identity(key_id, owner, case))
        return DataKey(key_id, owner, case, secret)

    def _remember(self, key_id: UUID, key: DataKey | None, now: float, generation: int) -> None:
        if generation == self._cache.generation:
            self._cache.remember(key_id, key, now)


def row_identity(key_id: UUID, owner: UUID, case: UUID) -> bytes:
    """What a wrapped key is bound to: the row that it stands in."""
    return key_id.bytes + owner.bytes + case.bytes
