"""What does the commands that notifications owes, and when each may be done."""

from __future__ import annotations

import asyncio
from datetime import datetime

from services.notifications.application.dependencies import PRINCIPAL, Dependencies
from services.notifications.application.drafts import Drafts, without_text
from services.notifications.application.outbound import Outbound
from services.notifications.domain.letter import Audience
from services.notifications.domain.message import Status, message_decider
from services.notifications.domain.message.owed import Send, WriteLetter
from services.notifications.domain.message.request import Request
from services.notifications.domain.suppression import Ground
from shared.kit.due import DueRow, DueWork, Gate
from shared.kit.eventstore import Conflict
from shared.kit.keyring import Erased


def due_work(dependencies: Dependencies) -> DueWork:
    """The handler of this service's due rows.

    Messages leave one after another, so that a process that dies leaves at most one of which nobody knows whether it
    left. Whoever had to wait for the message before asks again whether this one may leave.
    """
    work = DueWork(dependencies.store, PRINCIPAL, dependencies.now)
    drafts, outbound, may_run = Drafts(dependencies), Outbound(dependencies, work), gate(dependencies)
    one_at_a_time = asyncio.Lock()

    async def write(command: WriteLetter, row: DueRow) -> None:
        request = await drafts.write(command, row.key)
        if request is None:
            return
        decider = message_decider(dependencies.given())
        try:
            await work.give(row, decider, request)
        except Erased:
            kept = Request(message=without_text(request.message), ground=Ground.ERASED)
            await work.give(row, decider, kept)

    async def send(command: Send, row: DueRow) -> None:
        waited = one_at_a_time.locked()
        async with one_at_a_time:
            if waited and await may_run(row) is not True:
                raise Conflict(row.stream, 0, 0)
            await outbound.send(command, row)

    work.on(WriteLetter, write)
    work.on(Send, send)
    return work


def gate(dependencies: Dependencies) -> Gate:
    """Whether a row's work may be done now: True, False (ask again soon) or the instant when it may.

    Letters to the council's people keep office hours where their row says so; a customer is written to when the
    picture of every service is fresh (a contact plan set during an outage is seen first). An attempt whose answer may
    still come is left alone until then.
    """

    async def may_run(row: DueRow) -> bool | datetime:
        now = dependencies.now()
        letter = dependencies.letters[row.payload["purpose"]]
        if row.command == Send.verb:
            until = await _busy_until(dependencies, row)
            if until is not None and until > now:
                return until
        if letter.office_hours:
            opens = dependencies.hours.opening(now, dependencies.calendar())
            if opens > now:
                return opens
        if letter.audience is Audience.CUSTOMER and not await dependencies.read_up():
            return False
        return row.command == Send.verb or await dependencies.history.case(row.key) is not None

    return may_run


async def _busy_until(dependencies: Dependencies, row: DueRow) -> datetime | None:
    """Until when another attempt's answer may come, or the server wants to be left alone."""
    state = (await dependencies.message(Send.model_validate(row.payload).notification, row.key)).state
    if state.status is Status.UNDER_WAY:
        return state.answer_by
    return state.try_again_at if state.status is Status.WAITING else None
