"""Destroyed keys stay destroyed after the keyring is restored from a backup that still had them."""

from __future__ import annotations

from uuid import UUID, uuid4

import asyncpg
import pytest

from shared.kit.blobs import BlobStore
from shared.kit.events import Event, Personal, Plain, SealedValue
from shared.kit.keyring import Erased, MasterKey, Place, PostgresKeyring, Sealer, SourceEvent
from tests.integration.kit.keyring.conftest import KeyringServer


class Noted(Event):
    note: Personal


async def test_destroyed_keys_stay_destroyed_after_a_restore(
    server: KeyringServer, master: MasterKey
) -> None:
    erased, disposed_case, kept, late = uuid4(), uuid4(), uuid4(), uuid4()
    blobs = BlobStore.open("memory:///")
    async with asyncpg.create_pool(server.service_dsn, min_size=0) as pool:
        keyring = PostgresKeyring(pool, master)
        sealer = Sealer(keyring, blobs)
        places = {"erased": (erased, uuid4()), "disposed": (uuid4(), disposed_case), "kept": (kept, uuid4())}
        notes = [await _note(sealer, name, person, case) for name, (person, case) in places.items()]
        backup = await server.backup("restored")
        late_note = await _note(sealer, "late", late, uuid4())
        destroyed = [(erased, None), (None, disposed_case), (late, None)]
        for person, case in destroyed:
            assert await keyring.destroy(owner=person, case=case) == 1

    await backup.postgres.start()
    try:
        async with asyncpg.create_pool(backup.service_dsn, min_size=0) as pool:
            came_back = Sealer(PostgresKeyring(pool, master), blobs)
            assert await came_back.unseal_many(notes) == ["erased", "disposed", "kept"]

            restored = PostgresKeyring(pool, master)
            again = [await restored.destroy(owner=person, case=case) for person, case in destroyed]
            assert again == [1, 1, 0]

            sealer = Sealer(PostgresKeyring(pool, master), blobs)
            assert await sealer.unseal_many([*notes, late_note]) == [None, None, "kept", None]
            for person, case in (places["erased"], places["disposed"], (late, uuid4())):
                with pytest.raises(Erased):
                    await restored.create(person, case)
    finally:
        await backup.stop()


async def _note(sealer: Sealer, text: str, person: UUID, case: UUID) -> tuple[Plain | SealedValue, Place]:
    source = SourceEvent(uuid4(), case)
    sealed = await sealer.seal(Noted(note=Plain(text, person)), source.event_id, case)
    return sealed.note, source.field("note")
