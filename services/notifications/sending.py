"""Sends a message once: claimed before the first byte leaves, the result recorded after.

A process that dies between the two leaves a claim without a result. Whoever takes up the work after it finds the
claim, waits until no answer can come any more, and records that the outcome is unknown.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

import structlog

from services.notifications.asked import ToSend
from services.notifications.domain import NOTIFICATION, Notification, Status
from services.notifications.domain.commands import (
    Claim,
    Command,
    GiveUpWaiting,
    RecordAccepted,
    RecordNoAnswer,
    RecordRefusedForGood,
    RecordRefusedForNow,
    Suppress,
)
from services.notifications.domain.grounds import Ground, ground_against
from services.notifications.domain.identity import stream_of
from services.notifications.facts import Facts, about_clock
from services.notifications.sender import (
    Accepted,
    Message,
    NoAnswer,
    PermanentRefusal,
    Result,
    Sender,
    TemporaryRefusal,
)
from services.notifications.writing import letter_of
from shared.contracts.notifications import Requested
from shared.kit.decider import Refused
from shared.kit.due import DueRow
from shared.kit.events import SealedValue, command_id
from shared.kit.eventstore import Cause, Conflict, EventStore, Handled, Order, Side, StoreUnavailable, handle
from shared.kit.keyring import Sealer
from shared.rules.calendar.london import london_day

MARGIN: Final = timedelta(seconds=5)
"""How much longer than a conversation may take its result is waited for."""

PRINCIPAL: Final = "service:notifications"
_AGAIN: Final = 0.5
_log = structlog.get_logger(__name__)


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Outbound:
    """Does `send` rows.

    `waits` is the back-off after refusals for now.
    """

    store: EventStore
    sealer: Sealer
    facts: Facts
    sender: Sender
    waits: tuple[timedelta, ...]
    now: Callable[[], datetime] = _now

    async def state(self, notification: UUID, key: UUID) -> tuple[Notification, int]:
        """Where the message stands, from its own stream, and the stream's version."""
        side = Side(stream_of(notification), key, NOTIFICATION.evolve, NOTIFICATION.initial)
        await side.catch_up(self.store)
        return side.state, side.version

    async def send(self, row: DueRow) -> None:
        """Tries once, or records why not, or that nobody knows.

        Raises:
            Conflict: another process is at it; the row is to be looked at again.
        """
        state, _ = await self.state(ToSend.model_validate(row.payload).notification, row.key)
        if state.status is Status.CLAIMED:
            await self._give_up(row)
        elif state.status in {Status.REQUESTED, Status.WAITING} and state.requested is not None:
            await self._send(row, state.requested, state.attempt + 1)

    async def _give_up(self, row: DueRow) -> None:
        try:
            await self._handle(row, GiveUpWaiting(self.now()), row.id, done=row.id)
        except Refused as early:
            raise Conflict(row.stream, 0, 0) from early

    async def _send(self, row: DueRow, requested: Requested, attempt: int) -> None:
        message = await self._message(requested)
        ground = await self._ground(row.key, requested) if isinstance(message, Message) else message
        if ground is not None or not isinstance(message, Message):
            await self._handle(row, Suppress(ground or Ground.ERASED), row.id, done=row.id)
            return
        await self._claim(row)
        attempted = asyncio.create_task(self._attempt(row, message, attempt))
        try:
            await asyncio.shield(attempted)
        except asyncio.CancelledError:
            with suppress(TimeoutError):
                async with asyncio.timeout(self.sender.longest + MARGIN.total_seconds()):
                    await attempted
            raise

    async def _ground(self, case_id: UUID, requested: Requested) -> Ground | None:
        case = await self.facts.case(case_id)
        assert case is not None, "a message was written about a case that isn't there"
        clock = await self.facts.clock(case_id, requested.clock, requested.occurrence)
        about = await self.facts.about_case(case)
        today = london_day(self.now())
        return ground_against(letter_of(requested), about, about_clock(clock), today)

    async def _message(self, requested: Requested) -> Message | Ground:
        values = [requested.to, requested.subject, requested.text]
        sealed = [value for value in values if isinstance(value, SealedValue)]
        texts = await self.sealer.unseal_many(sealed)
        if len(texts) != len(values) or None in texts:
            return Ground.ERASED
        to, subject, text = (found or "" for found in texts)
        return Message(to, subject, text, requested.message_id)

    async def _claim(self, row: DueRow) -> None:
        now = self.now()
        claim = Claim(now, now + timedelta(seconds=self.sender.longest) + MARGIN)
        try:
            claimed = await self._handle(row, claim, command_id("claim", str(row.id)))
        except Refused as taken:
            raise Conflict(row.stream, 0, 0) from taken
        if claimed.repeated:
            raise Conflict(row.stream, 0, 0)

    async def _attempt(self, row: DueRow, message: Message, attempt: int) -> None:
        """Sends, and doesn't rest until the result is written."""
        try:
            result = await self.sender.send(message)
        except Exception as error:  # noqa: BLE001  the message may have left: only a person can tell
            _log.exception("a sender failed in a way that it should not", row=str(row.id))
            result = NoAnswer(type(error).__name__)
        command = self._recorded(result, attempt, message.to)
        while True:
            try:
                await self._handle(row, command, row.id, done=row.id)
            except StoreUnavailable:
                _log.warning("the result of an attempt waits for the database", row=str(row.id))
                await asyncio.sleep(_AGAIN)
            else:
                return

    def _recorded(self, result: Result, attempt: int, to: str) -> Command:
        answer = without_address(result.answer, to)
        match result:
            case Accepted():
                return RecordAccepted(attempt, self.now(), answer)
            case TemporaryRefusal(code=code):
                return RecordRefusedForNow(attempt, self.now(), code, answer, self.waits)
            case PermanentRefusal(code=code):
                return RecordRefusedForGood(attempt, code, answer)
            case NoAnswer():
                return RecordNoAnswer(attempt)

    async def _handle(
        self, row: DueRow, command: Command, identity: UUID, done: UUID | None = None
    ) -> Handled:
        order = Order(
            cause=Cause(PRINCIPAL, row.correlation_id, row.causation_id),
            command_id=identity,
            happened_at=self.now(),
            done=done,
        )
        return await handle(self.store, NOTIFICATION, row.stream, row.key, command, order=order)


def without_address(answer: str, to: str) -> str:
    """A server's answer without the address that it may repeat: events hold no personal data in clear."""
    local = to.partition("@")[0]
    gone = re.sub(r"\S+@\S+", "<address>", answer)
    return re.sub(re.escape(local), "<address>", gone, flags=re.IGNORECASE) if local else gone
