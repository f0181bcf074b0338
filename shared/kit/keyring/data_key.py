"""The key under which one person's data in one case is sealed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

SECRET_BYTES: Final = 32
"""AES-256."""


@dataclass(frozen=True, slots=True)
class DataKey:
    """A data key in memory. Its repr hides the secret.

    Attributes:
        key_id: random; stands in every value sealed under it.
        owner: the person (or officer, or quarantined message) whose data it seals.
        case: the case, or other event key, in which it does.
        secret: 32 random bytes.
    """

    key_id: UUID
    owner: UUID
    case: UUID
    secret: bytes = field(repr=False)

    def is_within(self, owner: UUID | None, case: UUID | None) -> bool:
        """Whether a destruction of that owner, that case, or that owner in that case, takes this key."""
        return owner in (None, self.owner) and case in (None, self.case)
