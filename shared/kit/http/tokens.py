"""Making tokens: signed with Ed25519 by whoever holds the private key; services hold the public one only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID, uuid4

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from shared.kit.http.proven import ALGORITHM, AUDIENCE, ISSUER, PERSON, SYSTEM

DEFAULT_LIFE: Final = timedelta(days=30)


def create_key_pair(private: Path, public: Path) -> None:
    """Writes a new key pair; an existing private key is kept. The private one is readable by its owner only."""
    if private.exists():
        return
    key = Ed25519PrivateKey.generate()
    private.parent.mkdir(parents=True, exist_ok=True)
    private.touch(mode=0o600)
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    public.write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))


def system_token(private_pem: bytes, name: str, scopes: Sequence[str], life: timedelta = DEFAULT_LIFE) -> str:
    """A token for a program: `system:<name>`, with these scopes."""
    return _sign(private_pem, {"sub": f"{SYSTEM}{name}", "scope": " ".join(scopes)}, life)


def person_token(
    private_pem: bytes,
    person_id: UUID,
    life: timedelta = DEFAULT_LIFE,
    *,
    only_roles: Sequence[str] | None = None,
) -> str:
    """A token that proves who a person is, and nothing of what they are.

    `only_roles` keeps it from being used for more than these of the roles that they have.
    """
    narrowed = {} if only_roles is None else {"only_roles": list(only_roles)}
    return _sign(private_pem, {"sub": f"{PERSON}{person_id}", **narrowed}, life)


def _sign(private_pem: bytes, claims: Mapping[str, object], life: timedelta) -> str:
    now = datetime.now(UTC)
    stamped = {**claims, "iss": ISSUER, "aud": AUDIENCE, "jti": str(uuid4()), "iat": now, "exp": now + life}
    return jwt.encode(stamped, private_pem.decode(), algorithm=ALGORITHM)
