"""People for a test of one service alone: they are what the test says, and nothing is asked for them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from shared.casework.staff import scopes_of
from shared.contracts.ids import staff_id
from shared.kit.http import Principal, Proven, person_token

ISSUER: Final = "urn:redress:tests"


def person_of(name: str) -> UUID:
    """The id of the person whom a test calls so."""
    return staff_id(ISSUER, name)


@dataclass
class KnownStaff:
    """The port that `create_app` takes; `roles` by person."""

    private_pem: bytes
    roles: dict[UUID, frozenset[str]] = field(default_factory=dict)

    def token(self, name: str, *roles: str) -> str:
        """A token of somebody who has these roles from now on, whatever they had before."""
        person = person_of(name)
        self.roles[person] = frozenset(roles)
        return person_token(self.private_pem, person)

    async def find(self, proven: Proven) -> Principal:
        """What the test said last."""
        roles = self.roles[proven.person_id]
        return Principal(proven.id, scopes_of(roles), roles)

    find_surely = find
