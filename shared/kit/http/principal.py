"""Who is asking, and what they may do. A token proves who; what a person is, the service's facts say."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Protocol
from uuid import UUID

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from shared.kit.http.problems import Problem
from shared.kit.http.proven import Proven, read_token

_bearer = HTTPBearer(auto_error=False, description="A signed token: `redress token create NAME`.")


@dataclass(frozen=True, slots=True)
class Principal:
    """A person, a system or a service that acts.

    `id` is `person:<uuid>`, `system:<name>` or `service:<name>`. `units` are the ids of the units that a person belongs
    to today.
    """

    id: str
    scopes: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    units: frozenset[UUID] = frozenset()
    groups: frozenset[str] = frozenset()

    @property
    def sees_restricted(self) -> bool:
        """Whether restricted cases exist for this principal."""
        return "restricted" in self.roles or self.id.startswith("service:")

    def may(self, scope: str) -> bool:
        return scope in self.scopes


class Persons(Protocol):
    """Says what the person is whom a token proves: from facts, never from the token."""

    async def find(self, proven: Proven) -> Principal:
        """The person as they are known here now.

        Raises:
            Problem: 403, they aren't known; 503, nobody can say yet.
        """
        ...

    async def find_surely(self, proven: Proven) -> Principal:
        """As `find`, from all that was recorded when this was called: asked before a person is refused.

        Raises:
            Problem: see `find`.
        """
        ...


class NoPersons:
    """Of a service that knows of nobody: programs alone may ask it."""

    async def find(self, proven: Proven) -> Principal:
        """Nobody.

        Raises:
            Problem: 403.
        """
        raise Problem(403, "programs-only", "This service takes no requests of people.", proven.id)

    find_surely = find


def require(*any_of: str) -> Callable[..., Awaitable[Principal]]:
    """A FastAPI dependency: the principal, who holds at least one of these scopes.

    Raises:
        Problem: 401 without a valid token, 403 without the scope; of a person see `Persons`, too.
    """

    async def dependency(
        request: Request, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]
    ) -> Principal:
        proven = read_token(credentials.credentials if credentials else None, request.app.state.token_key)
        if not proven.is_person:
            return _checked(Principal(proven.id, proven.scopes), any_of)
        persons: Persons = request.app.state.persons
        principal = await persons.find(proven)
        if _allowed(principal, any_of):
            return principal
        return _checked(await persons.find_surely(proven), any_of)

    return dependency


def _allowed(principal: Principal, any_of: tuple[str, ...]) -> bool:
    return not any_of or any(principal.may(scope) for scope in any_of)


def _checked(principal: Principal, any_of: tuple[str, ...]) -> Principal:
    if _allowed(principal, any_of):
        return principal
    wanted = " or ".join(any_of)
    raise Problem(
        403,
        "scope-missing",
        "You aren't allowed to do that.",
        f"A program needs a token with the scope {wanted}; a person needs a role that allows {wanted}.",
    )
