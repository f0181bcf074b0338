"""A write-once store of bytes by their SHA-256, in a folder or in object storage."""

from __future__ import annotations

import asyncio
import hashlib
import os
import time
from collections.abc import AsyncIterator
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

import obstore
from obstore.store import LocalStore, from_url

from shared.kit.durable import make_durable, make_folder

if TYPE_CHECKING:
    from obstore import GetResult
    from obstore.store import ObjectStore

_HEX_DIGITS: Final = 64
_PIECE: Final = 1024 * 1024
_LEFT_AFTER: Final = 86_400.0
_WAITING: Final = "waiting"
"""The folder, beside those of the hashes, of what hasn't got its name yet."""


class CorruptBlob(Exception):
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
        _sweep(folder / _WAITING)
        return cls(LocalStore(folder))

    async def put(self, data: bytes) -> str:
        """As `put_stream`, of bytes that are in memory."""
        return await self.put_stream(_at_once(data))

    async def put_stream(self, data: AsyncIterator[bytes]) -> str:
        """Stores bytes as they come and returns their SHA-256, once they would survive a loss of power.

        They wait in a file until their hash is known: a piece at a time is in memory. An error leaves nothing. Putting
        them again changes nothing, and a torn copy, left by a crash while it was first written, is replaced.
        """
        with await asyncio.to_thread(self._waiting_file) as waiting:
            digest = hashlib.sha256()
            async for piece in data:
                digest.update(piece)
                await asyncio.to_thread(waiting.write, piece)
            await asyncio.to_thread(waiting.flush)
            sha256 = digest.hexdigest()
            path = _path(sha256)
            if self._folder is None:
                await obstore.put_async(self._store, path, Path(waiting.name))
            else:
                await asyncio.to_thread(_take_in, Path(waiting.name), self._folder / path, self._folder)
        return sha256

    def _waiting_file(self) -> IO[bytes]:
        """In the store's own folder where it has one, so that it is moved and not copied."""
        folder = None if self._folder is None else self._folder / _WAITING
        if folder is not None:
            folder.mkdir(mode=0o700, exist_ok=True)
        return NamedTemporaryFile(dir=folder)

    async def get_stream(self, sha256: str) -> AsyncIterator[bytes] | None:
        """The bytes of that hash, as they are read; None: there are none.

        Raises:
            CorruptBlob: while reading, at the end: what is stored has another hash.
            ValueError: not a SHA-256 in lower-case hex.
        """
        try:
            found = await obstore.get_async(self._store, _path(sha256))
        except FileNotFoundError:
            return None
        return _proven(found, sha256)

    async def get(self, sha256: str) -> bytes | None:
        """As `get_stream`, all at once; it raises before it gives anything."""
        stream = await self.get_stream(sha256)
        return None if stream is None else b"".join([piece async for piece in stream])

    async def exists(self, sha256: str) -> bool:
        """Whether something is stored under that hash; only `get` proves that it is whole."""
        try:
            await obstore.head_async(self._store, _path(sha256))
        except FileNotFoundError:
            return False
        return True


async def _at_once(data: bytes) -> AsyncIterator[bytes]:
    yield data


async def _proven(found: GetResult, sha256: str) -> AsyncIterator[bytes]:
    digest = hashlib.sha256()
    async for piece in found.stream(min_chunk_size=_PIECE):
        digest.update(piece)
        yield bytes(piece)
    if digest.hexdigest() != sha256:
        raise CorruptBlob(sha256)


def _take_in(waiting: Path, file: Path, root: Path) -> None:
    """Gives the file its name; its bytes and its name are durable after that, which obstore doesn't see to.

    An event that names a blob may be committed at once after, with fsync, so the blob must be on disk first.
    """
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    taken = waiting.with_suffix(".whole")
    os.link(waiting, taken)
    taken.replace(file)
    make_durable(file, root)


def _sweep(waiting: Path) -> None:
    """Takes away what processes left that were killed long ago: it is sealed, and nothing names it."""
    for left in waiting.glob("*"):
        if time.time() - left.stat().st_mtime > _LEFT_AFTER:
            left.unlink(missing_ok=True)


def _path(sha256: str) -> str:
    if len(sha256) != _HEX_DIGITS or not set(sha256) <= set("0123456789abcdef"):
        raise ValueError(f"{sha256!r} is no SHA-256 in lower-case hex")
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"
