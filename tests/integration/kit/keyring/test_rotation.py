"""Rotating the master key: every key under the new version, the old one worth nothing."""

from __future__ import annotations

import asyncio
import base64
import os
import sys
from uuid import uuid4

import asyncpg
import pytest

from shared.kit.keyring import MasterKey, MasterKeyMissing, PostgresKeyring
from tests.integration.kit.keyring.conftest import KeyringServer


async def redress_rewrap(server: KeyringServer, master: MasterKey) -> str:
    """What `redress rewrap` prints."""
    setting = " ".join(f"{n}:{base64.b64encode(key).decode()}" for n, key in master._secrets.items())
    command = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "deploy.cli.main", "rewrap"),
        env={**os.environ, "REDRESS_ADMIN_URL": server.postgres.dsn(), "REDRESS_MASTER_KEY": setting},
        stdout=asyncio.subprocess.PIPE,
    )
    printed, _ = await command.communicate()
    assert command.returncode == 0
    return printed.decode()


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
        await owner.close()
        assert await redress_rewrap(copy, both) == f"{len(keys)} keys wrapped anew\n"
        assert await redress_rewrap(copy, both) == "0 keys wrapped anew\n"
        async with asyncpg.create_pool(copy.service_dsn, min_size=0) as pool:
            after = PostgresKeyring(pool, MasterKey({2: bytes(32)}))
            assert await after.get_many([key.key_id for key in keys]) == {key.key_id: key for key in keys}
            with pytest.raises(MasterKeyMissing):
                await PostgresKeyring(pool, master).get(keys[0].key_id)
    finally:
        await copy.stop()
