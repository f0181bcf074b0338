"""A write-once store of bytes by their SHA-256, in a folder or in object storage."""

from __future__ import annotations

import asyncio
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

import obstore
from obstore.exceptions import AlreadyExistsError
from obstore.store import LocalStore, from_url

from shared.kit.blobs.durable import make_durable, make_folder

if TYPE_CHECKING:
    from obstore.store import ObjectStore

_HEX_DIGITS: Final = 64


class CorruptBlob(Exception):  # noqa: N818 - it names what was found
    """What lies under a hash does not have that hash."""

    def __init__(self, sha256: str) -> None:
        super().__init__(f"The bytes stored as {sha256} have another hash")
        self.sha256: Final = sha256


class BlobStore:
    """Bytes by their SHA-256 (64 lower-case hex digits). What was put is durable, and is never changed."""

    def __init__(self, store: ObjectStore) -> None:
        """`store` is any obstore back end; `BlobStore.open` makes one from a setting."""
        self._store = store
        self._folder = store.prefix if isinstance(store, LocalStore) else None

    @classmethod
    def open(cls, where: str | Path) -> BlobStore:
        """The store at a URL (`s3://bucket/path`, `az://`, `gs://`, `file:///path`, `memory:///`) or a folder.

        A folder that is not there is made, for its owner alone. Credentials of a cloud come from its usual
        environment variables.
        """
        url = urlsplit(str(where))
        if url.scheme not in ("", "file"):
            return cls(from_url(str(where)))
        folder = Path(unquote(url.path) if url.scheme else where).absolute()
        make_folder(folder)
        return cls(LocalStore(folder))

    async def put(self, data: bytes) -> str:
        """Stores the bytes and returns their SHA-256, once they would survive a loss of power.

        Putting them again changes nothing. A torn copy, left by a crash while it was first written, is
        not the blob of that name: it is replaced.
        """
        sha256 = await _hash(data)
        path = _path(sha256)
        try:
            await obstore.put_async(self._store, path, data, mode="create")
        except AlreadyExistsError:
            if await self._read(path) != data:
                await obstore.put_async(self._store, path, data, mode="overwrite", use_multipart=False)
        if self._folder is not None:
            await asyncio.to_thread(make_durable, self._folder / path, self._folder)
        return sha256

    async def get(self, sha256: str) -> bytes | None:
        """The bytes of that hash; None: there are none.

        Raises:
            CorruptBlob: what is stored has another hash.
            ValueError: not a SHA-256 in lower-case hex.
        """
        data = await self._read(_path(sha256))
        if data is not None and await _hash(data) != sha256:
            raise CorruptBlob(sha256)
        return data

    async def exists(self, sha256: str) -> bool:
        """Whether something is stored under that hash; only `get` proves that it is whole."""
        try:
            await obstore.head_async(self._store, _path(sha256))
        except FileNotFoundError:
            return False
        return True

    async def _read(self, path: str) -> bytes | None:
        try:
            found = await obstore.get_async(self._store, path)
        except FileNotFoundError:
            return None
        return bytes(await found.bytes_async())


def _path(sha256: str) -> str:
    if len(sha256) != _HEX_DIGITS or not set(sha256) <= set("0123456789abcdef"):
        raise ValueError(f"{sha256!r} is no SHA-256 in lower-case hex")
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


async def _hash(data: bytes) -> str:
    """In a thread: an attachment of 25 MB takes longer than a loop should stand still."""
    return (await asyncio.to_thread(hashlib.sha256, data)).hexdigest()
