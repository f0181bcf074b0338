"""Rotating the master key: every data key is wrapped anew under its current version."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

from shared.kit import sql
from shared.kit.keyring.master_key import MasterKey
from shared.kit.keyring.postgres import row_identity

if TYPE_CHECKING:
    import asyncpg

_SQL: Final = sql.Statements(__package__)
_AT_ONCE: Final = 500
"""Keys in one transaction: it holds a transaction id, and with it every relay of the server, for moments."""


async def rewrap(connection: asyncpg.Connection[asyncpg.Record], master: MasterKey) -> int:
    """Wraps every key under the master key's current version; how many were under another.

    `connection` is the owner's of the keyring's tables: services may not do this. It can be stopped and
    run again; keys made meanwhile under the old version are left to the next run. First every service
    runs with both versions in its setting; the old one may be thrown away when a run has answered 0.

    Raises:
        MasterKeyMissing: a key is under a version that `master` does not hold.
        Spoiled: a key can't be unwrapped.
    """
    current = master.current.to_bytes(4, "big")
    total, after = 0, UUID(int=0)
    while True:
        async with connection.transaction():
            rows = await connection.fetch(_SQL.wrapped_under_another, after, current, _AT_ONCE)
            if not rows:
                return total
            anew = []
            for row in rows:
                identity = row_identity(row["key_id"], row["owner"], row["case_id"])
                secret = master.unwrap(row["wrapped"], identity)
                anew.append((row["key_id"], master.wrap(secret, identity)))
            await connection.executemany(_SQL.replace_wrapped, anew)
        total, after = total + len(rows), rows[-1]["key_id"]
