"""Nothing that opens or shows personal data lies in a file."""

from __future__ import annotations

import base64
from pathlib import Path
from uuid import uuid4

import asyncpg

from shared.kit.blobs import BlobStore
from shared.kit.events import Event, Personal, Plain, SealedValue
from shared.kit.keyring import MasterKey, PostgresKeyring, Sealer
from tests.integration.kit.keyring.conftest import KeyringServer

NAME, LETTER, PHOTO = (
    "Blodwen Featherstonehaugh",
    "My neighbour's hedge. " * 2000,
    b"kerbside photograph " * 5000,
)


class Received(Event):
    name: Personal
    letter: Personal


def files_with(folder: Path, needle: bytes) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file() and needle in file.read_bytes()]


async def test_no_plaintext_and_no_data_key_lies_in_a_file_of_the_keyring_or_the_blobs(
    server: KeyringServer, master: MasterKey, tmp_path: Path
) -> None:
    async with asyncpg.create_pool(server.service_dsn, min_size=0) as pool:
        keyring = PostgresKeyring(pool, master)
        sealer = Sealer(keyring, BlobStore.open(tmp_path))
        person, case = uuid4(), uuid4()
        event = Received(name=Plain(NAME, person), letter=Plain(LETTER, person))
        sealed = await sealer.seal(event, uuid4(), case)
        photo = await sealer.seal_bytes(PHOTO, person, case, "photo", "image/jpeg")
        secret = (await keyring.create(person, case)).secret
    assert isinstance(sealed.letter, SealedValue)
    assert sealed.letter.blob is not None
    assert len(files_with(tmp_path, b"")) == 2

    owner = await asyncpg.connect(server.owner_dsn)
    await owner.execute("CHECKPOINT")
    await owner.close()
    found_in = {file.parent.name for file in files_with(server.postgres.data, photo.key_id.bytes)}
    assert "pg_wal" in found_in, "the search reads the write-ahead log"
    assert len(found_in) > 1, "the search reads the tables"
    for needle in (
        NAME.encode(), b"neighbour's hedge", PHOTO[:20], secret, secret.hex().encode(),
        base64.b64encode(secret)[:40], master._secrets[1],
    ):  # fmt: skip
        assert files_with(server.folder, needle) == []
        assert files_with(tmp_path, needle) == []
