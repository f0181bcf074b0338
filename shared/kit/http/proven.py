"""Reading tokens: a signature proves who asks, and nothing else does. No header names anyone."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

import jwt

from shared.kit.http.problems import Problem

ALGORITHM: Final = "EdDSA"
AUDIENCE: Final = "redress"
ISSUER: Final = "redress"
"""Who signs tokens: whoever holds the installation's key, once it knows whom it has before it."""
PERSON: Final = "person:"
SYSTEM: Final = "system:"
_SYSTEM_NAME: Final = re.compile(r"[^\x00-\x20\x7f]{1,200}")
_TOKENS_KEPT: Final = 1_000


@dataclass(frozen=True, slots=True)
class Proven:
    """Whom a valid token names.

    Attributes:
        id: `person:<uuid>` or `system:<name>`.
        scopes: what a program may do; of a person none.
        only_roles: a person who uses no more than these of their roles with this token; None: all that they have.
    """

    id: str
    scopes: frozenset[str] = frozenset()
    only_roles: frozenset[str] | None = None

    @property
    def is_person(self) -> bool:
        """Whether a person asks, rather than a program."""
        return self.id.startswith(PERSON)

    @property
    def person_id(self) -> UUID:
        return UUID(self.id.removeprefix(PERSON))


def read_token(token: str | None, public_key: str) -> Proven:
    """Whom the token names.

    Raises:
        Problem: 401.
    """
    if token is None:
        raise Problem(
            401,
            "token-missing",
            "This address asks for a token.",
            "Send `Authorization: Bearer TOKEN`; `redress token create NAME` makes one.",
            headers={"WWW-Authenticate": "Bearer"},
        )
    try:
        read = _read_once(token, public_key)
        if time.time() >= read.expires_at:
            raise jwt.ExpiredSignatureError("Signature has expired")
    except jwt.PyJWTError as error:
        raise Problem(
            401,
            "token-refused",
            "This token isn't valid here.",
            f"{error}. Ask for a new one.",
            headers={"WWW-Authenticate": 'Bearer error="invalid_token"'},
        ) from error
    return read.proven


@dataclass(frozen=True, slots=True)
class _Read:
    """What a token says, its signature checked; `expires_at` is in seconds since 1970."""

    proven: Proven
    expires_at: float


@lru_cache(maxsize=_TOKENS_KEPT)
def _read_once(token: str, public_key: str) -> _Read:
    """Checking a signature takes a good part of a small request, and a token is sent many times.

    Raises:
        jwt.PyJWTError: it isn't valid; such a token is read anew each time.
    """
    claims = jwt.decode(
        token,
        public_key,
        algorithms=[ALGORITHM],
        audience=AUDIENCE,
        issuer=ISSUER,
        options={"require": ["sub", "iss", "exp", "aud"]},
    )
    return _Read(_proven(claims), float(claims["exp"]))


def _proven(claims: dict[str, Any]) -> Proven:
    subject = str(claims["sub"])
    if subject.startswith(SYSTEM) and _SYSTEM_NAME.fullmatch(subject.removeprefix(SYSTEM)):
        return Proven(subject, scopes=frozenset(str(claims.get("scope", "")).split()))
    only = claims.get("only_roles")
    proven = Proven(subject, only_roles=None if only is None else frozenset(map(str, only)))
    try:
        if subject == f"{PERSON}{proven.person_id}":
            return proven
    except ValueError:
        pass
    raise jwt.InvalidTokenError("It names neither a person nor a system")
