"""The use cases: write a message down, send it, settle it; and when each may be done."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from services.notifications.asked import REQUEST, SEND, Asked, ToSend
from services.notifications.domain import NOTIFICATION, Status
from services.notifications.domain.commands import Request, Settle
from services.notifications.domain.grounds import Ground
from services.notifications.domain.identity import stream_of
from services.notifications.domain.purposes import Audience, Purpose
from services.notifications.sending import PRINCIPAL, Outbound
from services.notifications.writing import Writer, without_text
from shared.kit.due import DueRow
from shared.kit.eventstore import Cause, Conflict, Handled, Order, handle
from shared.kit.keyring import Erased
from shared.rules.calendar import Calendar
from shared.rules.calendar.office_hours import OfficeHours


@dataclass(frozen=True, slots=True)
class Notifications:
    """This service's due work and commands.

    Attributes:
        read_up: whether every relay's mark is fresh and everything up to it was read.
        calendar: the calendar as it is known now.
        one_at_a_time: messages leave one after another, so that a process that dies leaves at most one of which
            nobody knows whether it left.
    """

    outbound: Outbound
    writer: Writer
    hours: OfficeHours
    read_up: Callable[[], Awaitable[bool]]
    calendar: Callable[[], Calendar]
    one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def may_run(self, row: DueRow) -> bool | datetime:
        """Whether the row's work may be done now: True, False (ask again soon) or the instant when it may.

        Reminders keep office hours; a customer is written to when the picture of every service is fresh (a contact
        plan set during an outage is seen first). A claim whose answer may still come is left alone until then.
        """
        now = self.outbound.now()
        purpose = Purpose(row.payload["purpose"])
        if row.command == SEND:
            until = await self._busy_until(row)
            if until is not None and until > now:
                return until
        if purpose is Purpose.REMINDER:
            opens = self.hours.opening(now, self.calendar())
            if opens > now:
                return opens
        if purpose.audience is Audience.CUSTOMER and not await self.read_up():
            return False
        return row.command != REQUEST or await self.outbound.facts.case(row.key) is not None

    async def do(self, row: DueRow) -> None:
        """Does a due row.

        Raises:
            ValueError: it isn't a command of this service.
            Conflict: another process is at it.
        """
        if row.command == REQUEST:
            await self._request(row)
        elif row.command == SEND:
            await self._send(row)
        else:
            raise ValueError(f"notifications knows no command {row.command!r}")

    async def settle(
        self, notification: UUID, key: UUID, *, arrived: bool, sent_on: date | None, order: Order
    ) -> Handled:
        """A person's word on a message. Raises `Refused`, and as `handle`."""
        command = Settle(order.cause.principal, arrived, sent_on)
        return await handle(
            self.outbound.store, NOTIFICATION, stream_of(notification), key, command, order=order
        )

    async def _send(self, row: DueRow) -> None:
        """Whoever had to wait for the message before asks again whether this one may leave."""
        waited = self.one_at_a_time.locked()
        async with self.one_at_a_time:
            if waited and await self.may_run(row) is not True:
                raise Conflict(row.stream, 0, 0)
            await self.outbound.send(row)

    async def _request(self, row: DueRow) -> None:
        request = await self.writer.write(Asked.model_validate(row.payload), row.key, self.outbound.now())
        if request is None:
            return
        try:
            await self._write_down(row, request)
        except Erased:
            await self._write_down(row, Request(without_text(request.message), Ground.ERASED))

    async def _write_down(self, row: DueRow, request: Request) -> None:
        order = Order(
            cause=Cause(PRINCIPAL, row.correlation_id, row.causation_id),
            command_id=row.id,
            happened_at=self.outbound.now(),
            done=row.id,
        )
        await handle(self.outbound.store, NOTIFICATION, row.stream, row.key, request, order=order)

    async def _busy_until(self, row: DueRow) -> datetime | None:
        """Until when another attempt's answer may come, or the server wants to be left alone."""
        state, _ = await self.outbound.state(ToSend.model_validate(row.payload).notification, row.key)
        if state.status is Status.CLAIMED:
            return state.answer_by
        return state.try_again_at if state.status is Status.WAITING else None
