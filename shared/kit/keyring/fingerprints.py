"""Keyed fingerprints: they recognise the same bytes again, and tell nobody what they were."""

from __future__ import annotations

import hmac

from shared.kit.keyring.master_key import MasterKey


class Fingerprints:
    """HMAC-SHA256 under a key derived from the master key for one purpose, one for each of its versions."""

    def __init__(self, master: MasterKey, purpose: str) -> None:
        self._keys = [master.derive(purpose, version) for version in master.versions]

    def of(self, *parts: str | bytes) -> bytes:
        """The fingerprint under the current version of the key; the parts can't run into each other."""
        return self.all(*parts)[0]

    def all(self, *parts: str | bytes) -> tuple[bytes, ...]:
        """Under every version held, the current one first: what was written down before a rotation is found."""
        data = b"".join(len(part).to_bytes(8, "big") + part for part in map(_bytes, parts))
        return tuple(hmac.digest(key, data, "sha256") for key in self._keys)

    def same(self, known: bytes, *parts: str | bytes) -> bool:
        """Whether `known` is the fingerprint of these parts."""
        return any(hmac.compare_digest(known, found) for found in self.all(*parts))


def _bytes(part: str | bytes) -> bytes:
    return part.encode() if isinstance(part, str) else part
