"""Who is asking: a signed token, nothing else. No header names anyone."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Final

import jwt
from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from shared.kit.http.problems import Problem

ALGORITHM: Final = "EdDSA"
AUDIENCE: Final = "redress"
_TOKENS_KEPT: Final = 1_000

SCOPES_OF_ROLE: Final[dict[str, frozenset[str]]] = {
    "officer": frozenset({"cases:read", "cases:write"}),
    "supervisor": frozenset(
        {
            "cases:read",
            "cases:write",
            "contacts:write",
            "units:write",
            "quarantine:write",
            "calendar:write",
            "notifications:write",
            "erase:write",
        }
    ),
    "auditor": frozenset({"cases:read", "audit:read"}),
    "restricted": frozenset(),
}
"""What a person's role allows. `restricted` adds no action: its holder may see restricted cases."""

_bearer = HTTPBearer(auto_error=False, description="A signed token: `redress token create NAME`.")


@dataclass(frozen=True, slots=True)
class Principal:
    """A person, a system or a service that acts.

    `id` is `person:<uuid>`, `system:<name>` or `service:<name>`; `name` is for screens only and is never recorded.
    """

    id: str
    name: str
    scopes: frozenset[str]
    roles: frozenset[str]
    units: frozenset[str]

    @property
    def sees_restricted(self) -> bool:
        """Whether restricted cases exist for this principal."""
        return "restricted" in self.roles or self.id.startswith("service:")

    def may(self, scope: str) -> bool:
        """Whether this principal holds the scope, by token or by role."""
        return scope in self.scopes or any(scope in SCOPES_OF_ROLE.get(role, ()) for role in self.roles)


def require(*any_of: str) -> Callable[..., Awaitable[Principal]]:
    """A FastAPI dependency: the principal, who holds at least one of these scopes.

    Raises:
        Problem: 401 without a valid token, 403 without the scope.
    """

    async def dependency(
        request: Request, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]
    ) -> Principal:
        principal = _read_token(credentials, request.app.state.token_key)
        if any_of and not any(principal.may(scope) for scope in any_of):
            raise Problem(
                403,
                "scope-missing",
                "This token doesn't allow that.",
                f"Ask for a token with the scope {' or '.join(any_of)}.",
            )
        return principal

    return dependency


def _read_token(credentials: HTTPAuthorizationCredentials | None, public_key: str) -> Principal:
    if credentials is None:
        raise Problem(
            401,
            "token-missing",
            "This address asks for a token.",
            "Send `Authorization: Bearer TOKEN`; `redress token create NAME` makes one.",
            headers={"WWW-Authenticate": "Bearer"},
        )
    try:
        read = _read_once(credentials.credentials, public_key)
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
    return read.principal


@dataclass(frozen=True, slots=True)
class _Read:
    """What a token says, its signature checked; `expires_at` is in seconds since 1970."""

    principal: Principal
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
        options={"require": ["sub", "exp", "aud"]},
    )
    principal = Principal(
        id=str(claims["sub"]),
        name=str(claims.get("name", "")),
        scopes=frozenset(str(claims.get("scope", "")).split()),
        roles=frozenset(claims.get("roles", ())),
        units=frozenset(claims.get("units", ())),
    )
    return _Read(principal, float(claims["exp"]))
