"""Rotating the master key: every key under the new version, the old one worth nothing."""

from __future__ import annotations

from uuid import uuid4

import asyncpg
import pytest

from shared.keyring import MasterKey, MasterKeyMissing, PostgresKeyring
from shared.keyring.rewrap import rewrap
from tests.integration.keyring.conftest import KeyringServer


async def test_after_a_rotation_the_old_master_key_can_be_thrown_away(
    server: KeyringServer, master: MasterKey
) -> None:
    """In a copy of the server, so that other tests keep their version."""
    async with asyncpg.create_pool(server.service_dsn, min_size=0) as pool:
        before = PostgresKeyring(pool, master)
        keys = [await before.create(uuid4(), uuid4()) for _ in range(501)]
    copy = await server.backup("rotated")
    await copy.postgres.start()
    try:
        # What other tests left is none of this one's.
        owner = await asyncpg.connect(copy.owner_dsn)
        await owner.execute("DELETE FROM data_keys WHERE NOT key_id = ANY ($1)", [key.key_id for key in keys])
        both = MasterKey({1: master._secrets[1], 2: bytes(32)})
        assert await rewrap(owner, both) == len(keys)
        assert await rewrap(owner, both) == 0
        await owner.close()
        async with asyncpg.create_pool(copy.service_dsn, min_size=0) as pool:
            after = PostgresKeyring(pool, MasterKey({2: bytes(32)}))
            assert await after.get_many([key.key_id for key in keys]) == {key.key_id: key for key in keys}
            with pytest.raises(MasterKeyMissing):
                await PostgresKeyring(pool, master).get(keys[0].key_id)
    finally:
        await copy.stop()
