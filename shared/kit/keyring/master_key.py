"""The master key: wraps data keys, so that the keyring's database alone opens nothing.

It has versions. A new one wraps what is made from then on; the older ones, as long as they stand in the
setting, still unwrap. When every key has been wrapped anew (`rewrap`) and the old version is thrown away,
whatever lay in old pages, write-ahead logs and backups under it is noise.
"""

from __future__ import annotations

import base64
import os
import struct
from collections.abc import Mapping
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from shared.kit.keyring.errors import MasterKeyMissing, Spoiled
from shared.kit.private_file import read_setting

_SECRET_BYTES: Final = 32
_NONCE_BYTES: Final = 12
_VERSION: Final = struct.Struct(">I")
_WRAPPING: Final = "redress data keys"


class MasterKey:
    """Every version of the master key that the setting holds. Its repr shows the versions only."""

    __slots__ = ("_secrets", "_wrapping", "current")

    def __init__(self, secrets: Mapping[int, bytes]) -> None:
        """`secrets`: 32 random bytes by version (1 to 4,294,967,295). The highest version is the current.

        Raises:
            ValueError: none at all, or one of another length.
        """
        if not secrets or any(len(secret) != _SECRET_BYTES for secret in secrets.values()):
            raise ValueError("A master key has at least one version, each of 32 bytes")
        if min(secrets) < 1:
            raise ValueError("Versions of a master key count from 1")
        self._secrets = dict(secrets)
        self._wrapping = {version: AESGCM(self.derive(_WRAPPING, version)) for version in secrets}
        self.current: Final = max(secrets)

    @classmethod
    def from_setting(cls, setting: str) -> MasterKey:
        """Reads `VERSION:BASE64`, several separated by blanks, or `file:PATH` to a private file of such.

        Raises:
            ValueError: it can't be read so; the message never quotes it.
            TooOpen: the file may be read by others than its owner.
        """
        try:
            pairs = [entry.split(":", 1) for entry in read_setting(setting).split()]
            secrets = {int(version): base64.b64decode(secret, validate=True) for version, secret in pairs}
        except ValueError:
            raise ValueError("The master key is not written as VERSION:BASE64") from None
        if len(secrets) != len(pairs):
            raise ValueError("A version of the master key is given twice")
        return cls(secrets)

    @staticmethod
    def generate(version: int = 1) -> str:
        """A new random version, as the setting is written."""
        return f"{version}:{base64.b64encode(os.urandom(_SECRET_BYTES)).decode()}"

    def __repr__(self) -> str:
        return f"MasterKey(versions={sorted(self._secrets)})"

    @property
    def versions(self) -> tuple[int, ...]:
        """The versions held, the current one first."""
        return tuple(sorted(self._secrets, reverse=True))

    def wrap(self, secret: bytes, bound_to: bytes) -> bytes:
        """Wraps a data key: version (4 bytes, big-endian), nonce (12), AES-256-GCM ciphertext with tag.

        `bound_to` is whose row it is: moved to another row it does not open.
        """
        nonce = os.urandom(_NONCE_BYTES)
        sealed = self._wrapping[self.current].encrypt(nonce, secret, bound_to)
        return _VERSION.pack(self.current) + nonce + sealed

    def unwrap(self, wrapped: bytes, bound_to: bytes) -> bytes:
        """The data key that `wrap` wrapped.

        Raises:
            MasterKeyMissing: under a version that is not held.
            Spoiled: it was changed, moved, or wrapped by another key of the same version.
        """
        version = self.version_of(wrapped)
        cipher = self._wrapping.get(version)
        if cipher is None:
            raise MasterKeyMissing(version)
        start = _VERSION.size + _NONCE_BYTES
        try:
            return cipher.decrypt(wrapped[_VERSION.size : start], wrapped[start:], bound_to)
        except (InvalidTag, ValueError):
            raise Spoiled("A wrapped key can't be opened by the master key") from None

    @staticmethod
    def version_of(wrapped: bytes) -> int:
        """The version under which a key is wrapped.

        Raises:
            Spoiled: too short to be a wrapped key.
        """
        if len(wrapped) < _VERSION.size:
            raise Spoiled("A wrapped key is too short")
        return int(_VERSION.unpack_from(wrapped)[0])

    def derive(self, purpose: str, version: int | None = None) -> bytes:
        """A key of 32 bytes for one purpose (HKDF-SHA256), of the current version unless told otherwise."""
        secret = self._secrets[self.current if version is None else version]
        return HKDF(SHA256(), length=_SECRET_BYTES, salt=None, info=purpose.encode()).derive(secret)
