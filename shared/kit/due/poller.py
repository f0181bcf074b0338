"""Does what is due: claims rows, gives each to the handler, and sees to what comes of it."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, Collection
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final
from uuid import UUID

import asyncpg
import structlog

from shared.kit.decider import Refused
from shared.kit.due.claims import Claimed, Claims
from shared.kit.due.row import DueRow
from shared.kit.eventstore import (
    LOST,
    TURNED_BACK,
    Conflict,
    Pool,
    StoreUnavailable,
    TooContended,
    as_answer,
    is_lost,
)
from shared.kit.tries import Tries

Handler = Callable[[DueRow], Awaitable[None]]
Gate = Callable[[DueRow], Awaitable[bool | datetime]]
Alarm = Callable[[DueRow, str], Awaitable[None]]
Keys = Callable[[], Awaitable[Collection[UUID]]]

_POLL: Final = 0.5
_HOLD: Final = timedelta(seconds=1)
_AGAIN: Final = timedelta(milliseconds=20)
_KILLS_FOR_EACH_ATTEMPT: Final = 5
_FIRST_PAUSE: Final = timedelta(milliseconds=250)
_LONGEST_PAUSE: Final = timedelta(seconds=30)
_log = structlog.get_logger(__name__)


async def _always(_: DueRow) -> bool:
    return True


async def _nobody(_: DueRow, __: str) -> None:
    return


async def _none() -> Collection[UUID]:
    return ()


class Poller:
    """Works off a service's due rows; several may run, in one process or many.

    Rows of one key go one after another, oldest first, whoever does them: while one isn't done, later ones of its key
    wait. A row that may not run yet takes its place among the later ones.

    A handler that returns has done its row: an append with `done=row.id` has deleted it already, or the poller deletes
    it and leaves the receipt (a fan-out with nothing left to do). `Refused` does the same, with the rule in the
    receipt. A conflict or an outage is tried again for ever. Anything else is tried `attempts` times and then parks
    the row: its key's rows wait until somebody replays it.

    Args:
        pool: of the service's database.
        principal: `service:<name>`, under which receipts lie.
        handler: gives the row's command.
        may_run: asked before each: True, False (ask again in a second) or the instant from which it is owed now.
        parked: told of each row that was parked, with the error.
        waiting_keys: keys whose rows must wait, such as those that the subscriber has parked.
        attempts: how often a failing row is tried.
        concurrency: how many rows are handled at a time.
        lease: how long a claim outlives its poller; it is renewed while a handler works.
    """

    def __init__(
        self,
        pool: Pool,
        principal: str,
        handler: Handler,
        *,
        may_run: Gate = _always,
        parked: Alarm = _nobody,
        waiting_keys: Keys = _none,
        attempts: int = 5,
        concurrency: int = 8,
        lease: timedelta = timedelta(seconds=6),
    ) -> None:
        self._claims = Claims(pool, principal, lease)
        self._handler = handler
        self._may_run = may_run
        self._parked = parked
        self._waiting_keys = waiting_keys
        self._attempts = attempts
        self._free = asyncio.Semaphore(concurrency)
        self._capacity = concurrency * 8
        self._held: dict[UUID, DueRow] = {}
        self._held_until = 0.0
        self._woken = asyncio.Event()
        self.turned_at = time.monotonic()
        """When it last looked for work, by `time.monotonic`."""

    def poke(self) -> None:
        """There may be something new: look now. Returns at once."""
        self._woken.set()

    async def run(self) -> None:
        """Works until cancelled; what it holds then is given back at once."""
        tries = Tries(longest=_POLL)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._keep_claims())
                while True:
                    try:
                        await self._round(group)
                    except (*LOST, asyncpg.PostgresError) as lost:
                        _log.warning("due work waits for the database", error=repr(lost))
                        await tries.pause()
        finally:
            with contextlib.suppress(Exception):
                async with asyncio.timeout(1):
                    await self._claims.release(list(self._held), timedelta())

    async def _round(self, group: asyncio.TaskGroup) -> None:
        self.turned_at = time.monotonic()
        self._woken.clear()
        claimed: list[Claimed] = []
        room = self._capacity - len(self._held)
        if room > 0:
            busy = {row.key for row in self._held.values()}
            asked = time.monotonic()
            claimed = await self._claims.claim(room, busy | set(await self._waiting_keys()))
            if claimed and not self._held:
                self._held_until = asked + self._claims.lease.total_seconds()
            self._held.update((one.row.id, one.row) for one in claimed)
        for _, rows in groupby(sorted(claimed, key=lambda one: one.row.key.int), key=lambda one: one.row.key):
            group.create_task(self._work_off(list(rows)))
        if not claimed:
            await self._rest(room)

    async def _rest(self, room: int) -> None:
        pause = _POLL
        if room > 0:
            ripe_in = await self._claims.seconds_to_next()
            if ripe_in is not None and ripe_in > 0:  # else what is ripe waits for its key
                pause = min(_POLL, ripe_in)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(pause):
                await self._woken.wait()

    async def _keep_claims(self) -> None:
        lease = self._claims.lease.total_seconds()
        while True:
            await asyncio.sleep(lease / 3)
            if not self._held:
                continue
            asked = time.monotonic()
            try:
                await self._claims.renew(list(self._held))
                self._held_until = asked + lease
            except (*LOST, asyncpg.PostgresError) as lost:
                _log.warning("claims of due work could not be renewed", error=repr(lost))

    async def _work_off(self, rows: list[Claimed]) -> None:
        """Does the rows of one key. One that is cancelled stays held: `run` gives it back."""
        try:
            await self._in_turn(rows)
        except Exception as error:  # noqa: BLE001  what became of it can't be written: the lease ends by itself
            _log.warning("due work waits for its lease to end", key=str(rows[0].row.key), error=repr(error))
        for claimed in rows:
            self._held.pop(claimed.row.id, None)
        self._woken.set()

    async def _in_turn(self, rows: list[Claimed]) -> None:
        """Does one after the other; those behind one that isn't done are given back."""
        for number, claimed in enumerate(rows, 1):
            async with self._free:
                if time.monotonic() >= self._held_until:
                    return
                if not await self._do(claimed):
                    await self._claims.release([later.row.id for later in rows[number:]], timedelta())
                    return
            self._held.pop(claimed.row.id, None)

    async def _do(self, claimed: Claimed) -> bool:
        """Gives one row's command. False: it isn't done, and what is behind it has to wait."""
        row = claimed.row
        if claimed.attempts > self._attempts * _KILLS_FOR_EACH_ATTEMPT:
            await self._park(
                row, f"{claimed.attempts - 1} tries ended without a word: it may be what kills the service"
            )
            return False
        try:
            verdict = await self._may_run(row)
            if verdict is True:
                await self._handler(row)
        except Refused as refused:
            await self._claims.finish(row.id, {"refused": as_answer(refused)})
            return True
        except (Conflict, TooContended):
            await self._claims.release([row.id], _AGAIN)
        except (StoreUnavailable, *TURNED_BACK):
            await self._claims.release([row.id], _HOLD)
        except Exception as error:  # noqa: BLE001  whatever a handler raises parks its own case and nobody else's
            if is_lost(error):
                await self._claims.release([row.id], _HOLD)
            else:
                await self._fail(claimed, f"{type(error).__name__}: {error}")
        else:
            await self._conclude(row, verdict)
            return True
        return False

    async def _conclude(self, row: DueRow, verdict: bool | datetime) -> None:
        if isinstance(verdict, datetime):
            await self._claims.postpone(row.id, verdict)
        elif verdict:
            await self._claims.finish(row.id, {})
        else:
            await self._claims.hold(row.id, _HOLD)

    async def _fail(self, claimed: Claimed, error: str) -> None:
        failures = claimed.failures + 1
        if failures >= self._attempts:
            await self._park(claimed.row, error)
            return
        pause = min(_FIRST_PAUSE * 2 ** (failures - 1), _LONGEST_PAUSE)
        _log.warning("due work failed", row=str(claimed.row.id), failures=failures, error=error)
        await self._claims.fail(claimed.row.id, error, pause)

    async def _park(self, row: DueRow, error: str) -> None:
        if await self._claims.park(row.id, error):
            _log.error("due work parked", row=str(row.id), key=str(row.key), error=error)
            await self._parked(row, error)
