"""What people are shown of messages. Texts are unsealed for the answer only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from services.notifications.domain.grounds import FOR_A_PERSON
from services.notifications.facts import Facts
from services.notifications.views.cases import CaseRow
from services.notifications.views.outbox import OutboxRow
from shared.casework.finding import Heard, find_case
from shared.casework.policy import may, sees_restricted
from shared.kit import sql
from shared.kit.eventstore import Pool, PostgresEventStore
from shared.kit.http import Principal, Problem
from shared.kit.keyring import Sealer

_SEALED: Final = {"address", "subject", "body"}


@dataclass(frozen=True, slots=True)
class Reading:
    """The queries."""

    pool: Pool
    store: PostgresEventStore
    sealer: Sealer
    facts: Facts
    heard: Heard

    async def case(self, reference: str, who: Principal) -> CaseRow:
        """The case that the reference names.

        Raises:
            Problem: 404 where there is none for this principal; 409 while this service hasn't read that far.
        """

        async def find() -> CaseRow | None:
            found = await self.facts.case_by_reference(reference)
            return found if found is not None and may(who, found) else None

        return await find_case(reference, find, self.heard)

    async def case_of(self, notification: UUID, who: Principal) -> CaseRow:
        """The case that a message is about.

        Raises:
            Problem: 404 where there is no such message for this principal.
        """
        rows = await self.store.stream_rows(f"notification-{notification}", 1, 1)
        found = await self.facts.case(rows[0].envelope.key) if rows else None
        if found is None or not may(who, found):
            raise Problem(404, "no-such-notification", "There is no such message.")
        return found

    async def messages(self, case: CaseRow, who: Principal) -> list[dict[str, Any]]:
        """Every message about the case with its text; that somebody looked is recorded."""
        rows = await self._rows("messages_of_case.sql", case.case_id)
        shown = [await self._unsealed(row) for row in rows]
        await self.looked_at(case, who, "messages")
        return shown

    async def rows_of(self, case: CaseRow) -> list[OutboxRow]:
        """Every message about the case, sealed."""
        return await self._rows("messages_of_case.sql", case.case_id)

    async def outbox(
        self, who: Principal, state: str | None, reference: str | None, limit: int
    ) -> list[dict[str, Any]]:
        """The newest messages, without names and texts."""
        rows = await self._rows("outbox.sql", state, reference, sees_restricted(who), limit)
        return [_without_texts(row) for row in rows]

    async def attention(self, who: Principal, limit: int) -> list[dict[str, Any]]:
        """What a person has to see to, longest waiting first, without names and texts."""
        grounds = sorted(FOR_A_PERSON)
        rows = await self._rows("attention.sql", grounds, sees_restricted(who), limit)
        return [_without_texts(row) for row in rows]

    async def looked_at(self, case: CaseRow, who: Principal, what: str) -> None:
        """Records who looked at what; never in the case's own streams."""
        await self.store.record_access(who.id, case.case_id, case.reference, f"notifications: {what}")

    async def _unsealed(self, row: OutboxRow) -> dict[str, Any]:
        return await self.sealer.unseal_all(row)

    async def _rows(self, name: str, *arguments: object) -> list[OutboxRow]:
        records = await self.pool.fetch(sql.load(__package__, f"sql/{name}"), *arguments)
        return [OutboxRow.model_validate_json(record[0]) for record in records]


def _without_texts(row: OutboxRow) -> dict[str, Any]:
    return row.model_dump(mode="json", exclude=_SEALED)
