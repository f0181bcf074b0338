"""Sealing personal data before it is stored, and unsealing it in an answer.

AES-256-GCM with a random nonce of 96 bits for every value. The associated data of a field is
`<event id>:<field path>`, so a ciphertext put under another field or event does not open.
"""

from __future__ import annotations

import asyncio
import base64
import os
from collections.abc import Iterable
from typing import Any, Final, TypeVar
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import BaseModel

from shared.kit.blobs import BlobStore, CorruptBlob
from shared.kit.events import Plain, SealedBlob, SealedValue, UnsealedError
from shared.kit.keyring.data_key import DataKey
from shared.kit.keyring.errors import Spoiled
from shared.kit.keyring.fields import field_name, find, replace
from shared.kit.keyring.port import Keyring

MOST_INLINE: Final = 16 * 1024
"""Bytes of UTF-8; the ciphertext of a longer text goes to the blob store, so that events stay small."""

_NONCE_BYTES: Final = 12
M = TypeVar("M", bound=BaseModel)


class Sealer:
    """Seals and unseals with the keys of a keyring; long texts and attachments lie in the blob store."""

    def __init__(self, keyring: Keyring, blobs: BlobStore) -> None:
        self._keyring = keyring
        self._blobs = blobs

    async def seal(self, event: M, event_id: UUID, case_key: UUID) -> M:
        """The event with every `Plain` in it sealed under its owner's key in `case_key`.

        `event_id` is the event's own: sealing is done inside each try of an append. What is sealed already
        stays as it is. Long texts are in the blob store, durably, before this returns.

        Raises:
            Erased: an owner's key in this case was destroyed.
        """
        plain = list(find(event, Plain))
        if not plain:
            return event
        keys = {owner: await self._keyring.create(owner, case_key) for owner in {p.owner for _, p in plain}}
        sealed = {
            path: await self._seal_text(value.text, keys[value.owner], event_id, field_name(path))
            for path, value in plain
        }
        return replace(event, Plain, sealed.__getitem__)

    async def unseal(self, value: Plain | SealedValue) -> str | None:
        """The text; None: sealed and gone, because its key was destroyed or its blob is not there.

        What was never sealed is read as it is, so that a field of an event needs no asking first.

        Raises:
            Spoiled: it is not what was sealed for this event and field.
        """
        if isinstance(value, Plain):
            return value.text
        return await self._open_text(value, await self._keyring.get(value.key_id))

    async def unseal_many(self, values: Iterable[Plain | SealedValue]) -> list[str | None]:
        """As `unseal` for each, in their order, asking the keyring at most once.

        Raises:
            Spoiled: one of them is not what was sealed.
        """
        wanted = list(values)
        key_ids = {value.key_id for value in wanted if isinstance(value, SealedValue)}
        keys = await self._keyring.get_many(key_ids) if key_ids else {}
        return [
            value.text if isinstance(value, Plain) else await self._open_text(value, keys[value.key_id])
            for value in wanted
        ]

    async def unseal_all(self, model: BaseModel) -> dict[str, Any]:
        """The model as JSON for an answer: each sealed value is its text, or `{"erased": true}`.

        Only what the model's types call sealed is opened: text or JSON from outside that merely looks like
        a sealed value stays closed.

        Raises:
            Spoiled: a value is not what was sealed.
            UnsealedError: the model has not been sealed.
        """
        for _, plain in find(model, Plain):
            raise UnsealedError(f"{plain!r} has not been sealed")
        sealed = list(find(model, SealedValue))
        texts = await self.unseal_many(value for _, value in sealed)
        answer: dict[str, Any] = model.model_dump(mode="json")
        for (path, _), text in zip(sealed, texts, strict=True):
            place: Any = answer
            for step in path[:-1]:
                place = place[step]
            place[path[-1]] = {"erased": True} if text is None else text
        return answer

    async def seal_bytes(self, data: bytes, owner: UUID, case: UUID, media_type: str) -> SealedBlob:
        """Seals an original or an attachment into the blob store; `size` is that of `data`.

        Stored are nonce (12 bytes) and ciphertext with tag; the associated data is `blob:<media type>`.

        Raises:
            Erased: the owner's key in this case was destroyed.
        """
        key = await self._keyring.create(owner, case)
        nonce = os.urandom(_NONCE_BYTES)
        sealed = await asyncio.to_thread(AESGCM(key.secret).encrypt, nonce, data, _bound_to_blob(media_type))
        sha256 = await self._blobs.put(nonce + sealed)
        return SealedBlob(key_id=key.key_id, sha256=sha256, size=len(data), media_type=media_type)

    async def open_bytes(self, blob: SealedBlob) -> bytes | None:
        """What `seal_bytes` sealed; None: its key was destroyed, or the blob is not there.

        Raises:
            Spoiled: it is not what was sealed under that media type and size.
        """
        key = await self._keyring.get(blob.key_id)
        stored = None if key is None else await self._read(blob.sha256)
        if key is None or stored is None:
            return None
        nonce, sealed = stored[:_NONCE_BYTES], stored[_NONCE_BYTES:]
        try:
            data = await asyncio.to_thread(
                AESGCM(key.secret).decrypt, nonce, sealed, _bound_to_blob(blob.media_type)
            )
        except (InvalidTag, ValueError):
            raise Spoiled(f"Blob {blob.sha256} does not open as {blob.media_type}") from None
        if len(data) != blob.size:
            raise Spoiled(f"Blob {blob.sha256} holds {len(data)} bytes and not {blob.size}")
        return data

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

    async def _open_text(self, value: SealedValue, key: DataKey | None) -> str | None:
        if key is None:
            return None
        try:
            nonce = base64.b64decode(value.nonce, validate=True)
            if value.blob is not None:
                stored = await self._read(value.blob)
                if stored is None:
                    return None
            else:
                stored = base64.b64decode(value.ciphertext or "", validate=True)
            bound_to = _bound_to_field(value.event_id, value.field)
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


def _bound_to_blob(media_type: str) -> bytes:
    return f"blob:{media_type}".encode()
