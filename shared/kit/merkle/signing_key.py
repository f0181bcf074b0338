"""The keys of signed notes, written as the Go checksum database writes its own."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from shared.kit.private_file import read_setting, write_private

KEY_HASH_BYTES: Final = 4
_ED25519: Final = b"\x01"
_KEY_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class VerifyKey:
    """The public half, which anybody may have: `NAME+HASH+BASE64`.

    Attributes:
        name: of the signer, without blanks and plus signs.
        public: 32 bytes.
    """

    name: str
    public: bytes

    def __post_init__(self) -> None:
        if not self.name or not self.name.isprintable() or set(self.name) & set(" +"):
            raise ValueError(f"{self.name!r} can't name a key")
        if len(self.public) != _KEY_BYTES:
            raise ValueError("A public key has 32 bytes")

    @property
    def hash(self) -> bytes:
        """The four bytes by which a signature names its key."""
        named = self.name.encode() + b"\n" + _ED25519 + self.public
        return hashlib.sha256(named).digest()[:KEY_HASH_BYTES]

    def __str__(self) -> str:
        return f"{self.name}+{self.hash.hex()}+{base64.b64encode(_ED25519 + self.public).decode()}"

    @staticmethod
    def parse(text: str) -> VerifyKey:
        """Reads what `str` writes.

        Raises:
            ValueError: it is no such key, or its hash is another's.
        """
        name, key_hash, encoded = text.strip().split("+", 2)
        kind, public = _kind_and_key(encoded)
        key = VerifyKey(name, public)
        if kind != _ED25519 or key.hash.hex() != key_hash:
            raise ValueError(f"{text!r} is no Ed25519 key for verifying")
        return key

    def is_signed(self, message: bytes, signature: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class SigningKey:
    """The private half: in a file that its owner alone may read, and in no database. Its repr hides it."""

    name: str
    secret: bytes = field(repr=False)

    @staticmethod
    def generate(name: str) -> SigningKey:
        return SigningKey(name, Ed25519PrivateKey.generate().private_bytes_raw())

    @staticmethod
    def from_setting(setting: str) -> SigningKey:
        """Reads `PRIVATE+KEY+NAME+HASH+BASE64`, or `file:PATH` where that lies.

        Raises:
            ValueError: it is no such key; the message never quotes it.
            TooOpen: the file may be read by others than its owner.
        """
        try:
            private, word, name, key_hash, encoded = read_setting(setting).strip().split("+", 4)
            kind, secret = _kind_and_key(encoded)
            key = SigningKey(name, secret)
            right = (private, word, kind) == (
                "PRIVATE",
                "KEY",
                _ED25519,
            ) and key.verify_key.hash.hex() == key_hash
        except ValueError:
            right = False
        if not right:
            raise ValueError("The signing key is not written as PRIVATE+KEY+NAME+HASH+BASE64")
        return key

    def write(self, path: Path) -> None:
        """Writes it to a new file, mode 0600.

        Raises:
            FileExistsError: there is one.
        """
        encoded = base64.b64encode(_ED25519 + self.secret).decode()
        write_private(path, f"PRIVATE+KEY+{self.name}+{self.verify_key.hash.hex()}+{encoded}\n")

    @property
    def verify_key(self) -> VerifyKey:
        private = Ed25519PrivateKey.from_private_bytes(self.secret)
        return VerifyKey(self.name, private.public_key().public_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        """The signature of some bytes, 64 bytes long."""
        return Ed25519PrivateKey.from_private_bytes(self.secret).sign(message)


def _kind_and_key(encoded: str) -> tuple[bytes, bytes]:
    decoded = base64.b64decode(encoded, validate=True)
    return decoded[:1], decoded[1:]
