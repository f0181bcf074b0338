"""What people see of messages, and what they may do. Texts are unsealed for the answer only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from services.notifications.application.dependencies import Dependencies
from services.notifications.domain.message import FOR_OFFICERS, message_decider
from services.notifications.domain.message.identity import stream_of
from services.notifications.domain.message.settle import Settle
from services.notifications.domain.suppression import FOR_A_PERSON
from services.notifications.views.cases import CaseRow
from services.notifications.views.outbox import OutboxRow, places_of
from shared.casework.actions import Action, actions_of
from shared.casework.commands import Asked
from shared.casework.policy import sees_restricted
from shared.casework.problems import no_such
from shared.kit import sql
from shared.kit.decider import offers
from shared.kit.eventstore import Handled, handle
from shared.kit.http import Principal

_SQL: Final = sql.Statements(__package__)
_SEALED: Final = {"address", "subject", "body"}


@dataclass(frozen=True, slots=True)
class Messages:
    """The messages about cases."""

    its: Dependencies

    async def give(self, asked: Asked[Settle]) -> Handled:
        """Gives a person's command to the message that it names.

        Raises:
            Problem: there is no such case, or no such message about it.
            Refused, StaleVersion, CommandReused: as `handle`.
        """
        case = await self.its.cases.find(asked.reference, asked.who)
        stream = stream_of(asked.command.notification)
        first = await self.its.store.stream_rows(stream, 1, 1)
        if not first or first[0].envelope.key != case.case_id:
            raise no_such("no-such-notification", "message")
        decider = message_decider(self.its.given(asked.who.id))
        return await handle(self.its.store, decider, stream, case.case_id, asked.command, order=asked.order)

    async def actions(self, case: CaseRow, who: Principal) -> list[Action]:
        found = []
        for row in await self._rows(_SQL.messages_of_case, case.case_id):
            side = await self.its.message(row.notification, case.case_id)
            offered = offers(FOR_OFFICERS, side.state, self.its.given(who.id))
            target = {"notification": str(row.notification)}
            found += actions_of(case.reference, offered, side.version, target=target)
        return found

    async def of(self, case: CaseRow) -> list[dict[str, Any]]:
        rows = await self._rows(_SQL.messages_of_case, case.case_id)
        return await self.its.sealer.unseal_rows(rows, places_of)

    async def outbox(
        self, who: Principal, state: str | None, reference: str | None, limit: int
    ) -> list[dict[str, Any]]:
        """The newest messages, without names and texts."""
        rows = await self._rows(_SQL.outbox, state, reference, sees_restricted(who), limit)
        return [_without_texts(row) for row in rows]

    async def attention(self, who: Principal, limit: int) -> list[dict[str, Any]]:
        """What a person has to see to, longest waiting first, without names and texts."""
        rows = await self._rows(_SQL.attention, sorted(FOR_A_PERSON), sees_restricted(who), limit)
        return [_without_texts(row) for row in rows]

    async def _rows(self, statement: str, *arguments: object) -> list[OutboxRow]:
        records = await self.its.pool.fetch(statement, *arguments)
        return [OutboxRow.model_validate_json(record[0]) for record in records]


def _without_texts(row: OutboxRow) -> dict[str, Any]:
    return row.model_dump(mode="json", exclude=_SEALED)
