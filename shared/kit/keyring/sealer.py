"""Sealing personal data before it is stored, and unsealing it in an answer.

AES-256-GCM with a random nonce of 96 bits for every text; bytes in chunks, see `chunks`. The associated data of a
field is `<event id>:<field path>`, those of bytes `blob:<case>:<field>:<media type>`, and each person has a key of
their own in each case. Whoever opens something says where they found it: under another event, field or case it stays
shut.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeVar
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import BaseModel

from shared.kit.blobs import BlobStore, CorruptBlob
from shared.kit.events import Plain, SealedBlob, SealedValue, UnsealedError
from shared.kit.keyring import chunks
from shared.kit.keyring.chunks import Bytes, pieces
from shared.kit.keyring.data_key import DataKey
from shared.kit.keyring.errors import Spoiled
from shared.kit.keyring.fields import field_name, find, put, replace
from shared.kit.keyring.port import Keyring
from shared.kit.keyring.source import Place, SourceEvent

MOST_INLINE: Final = 16 * 1024
"""Bytes of UTF-8; the ciphertext of a longer text goes to the blob store, so that events stay small."""

_NONCE_BYTES: Final = 12
M = TypeVar("M", bound=BaseModel)
R = TypeVar("R", bound=BaseModel)
ERASED: Final = {"erased": True}
"""What stands where a text was whose key is destroyed."""


class Sealer:
    """Seals and unseals with the keys of a keyring; long texts and attachments lie in the blob store."""

    def __init__(self, keyring: Keyring, blobs: BlobStore) -> None:
        self._keyring = keyring
        self._blobs = blobs

    async def seal(self, event: M, event_id: UUID, case_key: UUID) -> M:
        """The event with every `Plain` in it sealed under its owner's key in `case_key`.

        `event_id` is the event's own: sealing is done inside each try of an append. Long texts are in the blob store,
        durably, before this returns.

        Raises:
            Erased: an owner's key in this case was destroyed.
            Spoiled: it holds what was sealed elsewhere, and would never open again.
        """
        for path, value in find(event, SealedValue):
            if (value.event_id, value.field) != (event_id, field_name(path)):
                raise Spoiled(f"{field_name(path)} of event {event_id} would hold what was sealed elsewhere")
        plain = list(find(event, Plain))
        if not plain:
            return event
        keys = {owner: await self._keyring.create(owner, case_key) for owner in {p.owner for _, p in plain}}
        sealed = {
            path: await self._seal_text(value.text, keys[value.owner], event_id, field_name(path))
            for path, value in plain
        }
        return replace(event, Plain, sealed.__getitem__)

    async def unseal(self, value: Plain | SealedValue, place: Place) -> str | None:
        """The text of a field found at `place`; None: gone, because its key was destroyed or its blob is not there.

        What was never sealed is read as it is, so that a field of an event needs no asking first.

        Raises:
            Spoiled: it is not what was sealed for this event, field and case.
        """
        return (await self.unseal_many([(value, place)]))[0]

    async def unseal_many(self, values: Iterable[tuple[Plain | SealedValue, Place]]) -> list[str | None]:
        """As `unseal` for each, in their order, asking the keyring at most once.

        Raises:
            Spoiled: one of them is not what was sealed.
        """
        wanted = list(values)
        key_ids = {value.key_id for value, _ in wanted if isinstance(value, SealedValue)}
        keys = await self._keyring.get_many(key_ids) if key_ids else {}
        return [
            value.text
            if isinstance(value, Plain)
            else await self._open_text(value, place, keys[value.key_id])
            for value, place in wanted
        ]

    async def unseal_all(self, event: BaseModel, source: SourceEvent) -> dict[str, Any]:
        """The event as JSON for an answer: each sealed value is its text, or `{"erased": true}`.

        Only what the model's types call sealed is opened: text or JSON from outside that merely looks like
        a sealed value stays closed.

        Raises:
            Spoiled: a value is not what was sealed there.
            UnsealedError: the event has not been sealed.
        """
        for _, plain in find(event, Plain):
            raise UnsealedError(f"{plain!r} has not been sealed")
        sealed = list(find(event, SealedValue))
        texts = await self.unseal_many((value, source.field(field_name(path))) for path, value in sealed)
        answer: dict[str, Any] = event.model_dump(mode="json")
        for (path, _), text in zip(sealed, texts, strict=True):
            put(answer, path, ERASED if text is None else text)
        return answer

    async def unseal_rows(
        self, rows: Sequence[R], places: Callable[[R], Mapping[str, Place]]
    ) -> list[dict[str, Any]]:
        """Rows of a view as JSON for an answer, as `unseal_all`; `places` says of a row where its columns came from.

        Raises:
            Spoiled: a value is not what was sealed there.
            KeyError: a column holds a sealed value, and `places` doesn't know whence.
        """
        found = [(row, places(row), [name for name, _ in _sealed_columns(row)]) for row in rows]
        texts = iter(
            await self.unseal_many(
                (getattr(row, name), known[name]) for row, known, names in found for name in names
            )
        )
        return [
            row.model_dump(mode="json")
            | {name: ERASED if (text := next(texts)) is None else text for name in names}
            for row, _, names in found
        ]

    async def seal_bytes(
        self, data: bytes, owner: UUID, case: UUID, field: str, media_type: str
    ) -> SealedBlob:
        """As `seal_stream`, of bytes that are in memory."""
        return await self.seal_stream(pieces(data), owner, case, field, media_type)

    async def seal_stream(
        self, data: Bytes, owner: UUID, case: UUID, field: str, media_type: str
    ) -> SealedBlob:
        """Seals an original or an attachment into the blob store, chunk by chunk; `size` is that of `data`.

        Raises:
            Erased: the owner's key in this case was destroyed.
        """
        key = await self._keyring.create(owner, case)
        size = 0

        async def counted() -> Bytes:
            nonlocal size
            async for piece in data:
                size += len(piece)
                yield piece

        sha256 = await self._blobs.put_stream(
            chunks.sealed(counted(), key.secret, _bound_to_blob(case, field, media_type))
        )
        return SealedBlob(key_id=key.key_id, sha256=sha256, size=size, media_type=media_type)

    async def open_bytes(self, blob: SealedBlob, case: UUID, field: str) -> bytes | None:
        """As `open_stream`, all at once."""
        stream = await self.open_stream(blob, case, field)
        return None if stream is None else b"".join([piece async for piece in stream])

    async def open_stream(self, blob: SealedBlob, case: UUID, field: str) -> Bytes | None:
        """What was sealed, chunk by chunk; None: its key was destroyed, or the blob is not there.

        The first chunk has been proven when this returns, and each further one before it is given.

        Raises:
            Spoiled: it is not what was sealed for that case, field, media type and size; also while it is read.
        """
        key = await self._keyring.get(blob.key_id)
        try:
            stored = None if key is None else await self._blobs.get_stream(blob.sha256)
        except ValueError as found:
            raise Spoiled(str(found)) from found
        if key is None or stored is None:
            return None
        if key.case != case:
            raise Spoiled(f"Blob {blob.sha256} was sealed in another case")
        stream = _of_size(
            chunks.opened(stored, key.secret, _bound_to_blob(case, field, blob.media_type)), blob
        )
        return _with_first(await anext(stream, b""), stream)

    async def _seal_text(self, text: str, key: DataKey, event_id: UUID, field: str) -> SealedValue:
        data = text.encode()
        nonce = os.urandom(_NONCE_BYTES)
        sealed = AESGCM(key.secret).encrypt(nonce, data, _bound_to_field(event_id, field))
        inline = len(data) <= MOST_INLINE
        return SealedValue(
            key_id=key.key_id,
            event_id=event_id,
            field=field,
            nonce=base64.b64encode(nonce).decode(),
            ciphertext=base64.b64encode(sealed).decode() if inline else None,
            blob=None if inline else await self._blobs.put(sealed),
        )

    async def _open_text(self, value: SealedValue, place: Place, key: DataKey | None) -> str | None:
        if (value.event_id, value.field) != (place.event_id, place.field):
            raise Spoiled(
                f"{place.field} of event {place.event_id} holds what was sealed elsewhere, or not at all"
            )
        if key is None:
            return None
        if key.case != place.case:
            raise Spoiled(f"{place.field} of event {place.event_id} was sealed in another case")
        try:
            nonce = base64.b64decode(value.nonce, validate=True)
            if value.blob is not None:
                stored = await self._read(value.blob)
                if stored is None:
                    return None
            else:
                stored = base64.b64decode(value.ciphertext or "", validate=True)
            bound_to = _bound_to_field(place.event_id, place.field)
            return AESGCM(key.secret).decrypt(nonce, stored, bound_to).decode()
        except (InvalidTag, ValueError):
            raise Spoiled(f"{value.field} of event {value.event_id} is not what was sealed") from None

    async def _read(self, sha256: str) -> bytes | None:
        try:
            return await self._blobs.get(sha256)
        except (CorruptBlob, ValueError) as found:
            raise Spoiled(str(found)) from found


def _bound_to_field(event_id: UUID, field: str) -> bytes:
    return f"{event_id}:{field}".encode()


def _bound_to_blob(case: UUID, field: str, media_type: str) -> bytes:
    return f"blob:{case}:{field}:{media_type}".encode()


def _sealed_columns(row: BaseModel) -> Iterator[tuple[str, SealedValue]]:
    for name, value in row:
        if isinstance(value, SealedValue):
            yield name, value


async def _of_size(stream: Bytes, blob: SealedBlob) -> Bytes:
    size = 0
    try:
        async for piece in stream:
            size += len(piece)
            yield piece
    except CorruptBlob as found:
        raise Spoiled(str(found)) from found
    if size != blob.size:
        raise Spoiled(f"Blob {blob.sha256} holds {size} bytes and not {blob.size}")


async def _with_first(first: bytes, rest: Bytes) -> Bytes:
    yield first
    async for piece in rest:
        yield piece
