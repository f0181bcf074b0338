"""Who came first: a customer number's person, and the same words sent twice. Each a statement of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from shared.kit import sql
from shared.kit.eventstore import Pool
from shared.kit.keyring import Fingerprints

_SQL: Final = sql.Statements(__package__)


@dataclass(frozen=True, slots=True)
class FirstSeen:
    """What the same words lead to: the command that opens (or has opened) their case, for which person.

    `previous` is the command of the same words from before the window, if there was one.
    """

    command_id: UUID
    person_id: UUID
    previous: UUID | None


class Deduplication:
    """Written before anything is decided, outside any transaction: what a lost race or a crash leaves does no harm."""

    def __init__(self, pool: Pool, fingerprints: Fingerprints) -> None:
        self._pool = pool
        self._fingerprints = fingerprints

    async def person(self, sender: str, customer_id: str) -> UUID:
        """The person that this sender's customer number leads to: always the same, until they are erased."""
        marks = self._fingerprints.all("customer", sender, customer_id)
        found = await self._pool.fetchval(_SQL.find_link, sender, list(marks))
        if found is None:
            await self._pool.execute(_SQL.claim_link, sender, marks[0], uuid4())
            found = await self._pool.fetchval(_SQL.find_link, sender, list(marks))
        return UUID(str(found))

    async def contact(
        self, mark: bytes, sender: str, claim: tuple[UUID, UUID], now: datetime, window: timedelta
    ) -> FirstSeen:
        """Claims words by their fingerprint for (command id, person id); an earlier claim in the window stands."""
        row = await self._pool.fetchrow(_SQL.claim_contact, mark, sender, *claim, now, now - window)
        assert row is not None
        return FirstSeen(row["command_id"], row["person_id"], row["previous_command_id"])

    async def forget(self, person_id: UUID) -> None:
        """After an erasure: no number and no words lead to this person."""
        await self._pool.execute(_SQL.forget_links, person_id)
        await self._pool.execute(_SQL.forget_claims, person_id)
