"""Sends a message once: the attempt is recorded before the first byte leaves, the result after.

A process that dies between the two leaves an attempt without a result. Whoever takes up the work after it finds the
attempt, waits until no answer can come any more, and records that the outcome is unknown.
"""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final
from uuid import UUID

import structlog

from services.notifications.adapters.sender import Message
from services.notifications.application.case_history import about_clock
from services.notifications.application.dependencies import Dependencies
from services.notifications.domain.message import Status, message_decider
from services.notifications.domain.message.attempt import BeginAttempt, GiveUpWaiting
from services.notifications.domain.message.owed import Send
from services.notifications.domain.message.record_result import RecordResult
from services.notifications.domain.message.result import NoAnswer
from services.notifications.domain.message.suppress import Suppress
from services.notifications.domain.suppression import CaseFacts, Ground, Meanwhile, ground_against
from shared.contracts.notifications import Requested
from shared.kit.decider import Command, Refused
from shared.kit.due import DueRow, DueWork
from shared.kit.events import SealedValue, command_id
from shared.kit.eventstore import Conflict, Handled, StoreUnavailable, handle
from shared.kit.keyring import SourceEvent
from shared.kit.tries import Tries

MARGIN: Final = timedelta(seconds=5)
"""How much longer than a conversation may take its result is waited for."""
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Outbound:
    """Does what `Send` asks."""

    its: Dependencies
    work: DueWork

    async def send(self, command: Send, row: DueRow) -> None:
        """Tries once, or records why not, or that nobody knows.

        Raises:
            Conflict: another process is at it; the row is to be looked at again.
        """
        state = (await self.its.message(command.notification, row.key)).state
        if state.status is Status.UNDER_WAY:
            await self._give_up(row)
        elif state.to_be_sent and state.requested is not None:
            await self._send(row, state.requested, state.attempt + 1)

    async def _give_up(self, row: DueRow) -> None:
        try:
            await self._handle(row, GiveUpWaiting())
        except Refused as early:
            raise Conflict(row.stream, 0, 0) from early

    async def _send(self, row: DueRow, requested: Requested, attempt: int) -> None:
        message = await self._message(row, requested)
        ground = await self._ground(row.key, requested) if isinstance(message, Message) else message
        if ground is not None or not isinstance(message, Message):
            await self._handle(row, Suppress(ground=ground or Ground.ERASED))
            return
        await self._begin(row)
        attempted = asyncio.create_task(self._attempt(row, message, attempt))
        try:
            await asyncio.shield(attempted)
        except asyncio.CancelledError:
            with suppress(TimeoutError):
                async with asyncio.timeout(self.its.sender.longest + MARGIN.total_seconds()):
                    await attempted
            raise

    async def _ground(self, case_id: UUID, requested: Requested) -> Ground | None:
        history = self.its.history
        letter = self.its.letters[requested.purpose]
        if requested.reference is None:
            return ground_against(letter, Meanwhile(requested, CaseFacts()), self.its.today)
        case = await history.case(case_id)
        assert case is not None, "a message was written about a case that isn't there"
        clock = await history.clock(case_id, requested.clock, requested.occurrence)
        meanwhile = Meanwhile(requested, await history.about_case(case), about_clock(clock))
        return ground_against(letter, meanwhile, self.its.today)

    async def _message(self, row: DueRow, requested: Requested) -> Message | Ground:
        asked = SourceEvent.at(row.stream, 1, row.key)
        values = {"to": requested.to, "subject": requested.subject, "text": requested.text}
        sealed = [
            (value, asked.field(name)) for name, value in values.items() if isinstance(value, SealedValue)
        ]
        texts = await self.its.sealer.unseal_many(sealed)
        if len(texts) != len(values) or None in texts:
            return Ground.ERASED
        to, subject, text = (found or "" for found in texts)
        return Message(to, subject, text, requested.message_id)

    async def _begin(self, row: DueRow) -> None:
        answer_by = self.its.now() + timedelta(seconds=self.its.sender.longest) + MARGIN
        try:
            begun = await self._handle(
                row, BeginAttempt(answer_by=answer_by), command_id("attempt", str(row.id))
            )
        except Refused as taken:
            raise Conflict(row.stream, 0, 0) from taken
        if begun.repeated:
            raise Conflict(row.stream, 0, 0)

    async def _attempt(self, row: DueRow, message: Message, attempt: int) -> None:
        """Sends, and doesn't rest until the result is written."""
        try:
            result = await self.its.sender.send(message)
        except Exception as error:  # noqa: BLE001  the message may have left: only a person can tell
            _log.exception("a sender failed in a way that it should not", row=str(row.id))
            result = NoAnswer(type(error).__name__)
        result = replace(result, answer=without_address(result.answer, message.to))
        async for _ in Tries():
            try:
                await self._handle(row, RecordResult(attempt=attempt, result=result))
            except StoreUnavailable:
                _log.warning("the result of an attempt waits for the database", row=str(row.id))
            else:
                return

    async def _handle(self, row: DueRow, command: Command, instead: UUID | None = None) -> Handled:
        """A refusal says that another process was quicker: the row is not done by it."""
        order = replace(self.work.order(row, instead=instead), refusal_is_final=False)
        decider = message_decider(self.its.given())
        return await handle(self.its.store, decider, row.stream, row.key, command, order=order)


def without_address(answer: str, to: str) -> str:
    """A server's answer without the address that it may repeat: events hold no personal data in clear."""
    local = to.partition("@")[0]
    gone = re.sub(r"\S+@\S+", "<address>", answer)
    return re.sub(re.escape(local), "<address>", gone, flags=re.IGNORECASE) if local else gone
