"""The stores of a running installation: empty before, and then filled by COPY, in the order of recording."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self, TypeAlias

import asyncpg

from deploy.cli.environment import up_file
from deploy.embedded.home import Home
from services.notifications.application.dependencies import PRINCIPAL as NOTIFICATIONS
from services.notifications.domain.digest import StartDigests
from shared.contracts.services import PUBLISHERS
from shared.kit.events import command_id
from shared.kit.keyring import MasterKey
from tests.bench.loading.copying import Batch

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"
READERS: Final = (*PUBLISHERS, "audit")
_KEYRING: Final = "keyring"
_COLUMNS: Final = (
    *("originator_id", "originator_version", "topic", "state", "event_id", "source", "key", "happened_at"),
    *("recorded_at", "principal", "correlation_id", "causation_id"),
)
_RECEIPT: Final = ("principal", "command_id", "body_hmac", "answer")
_REFERENCE: Final = ("reference", "stream", "key")
_KEY: Final = ("key_id", "owner", "case_id", "wrapped")
_STAGE: Final = f"""
    CREATE UNLOGGED TABLE public.loading AS SELECT {", ".join(_COLUMNS)} FROM public.stored_events WITH NO DATA
"""
_IN_ORDER: Final = f"""
    INSERT INTO public.stored_events ({", ".join(_COLUMNS)})
    SELECT {", ".join(_COLUMNS)} FROM public.loading ORDER BY recorded_at, originator_id, originator_version
"""
_INSERTED: Final = """
    SELECT coalesce(pg_sequence_last_value(pg_get_serial_sequence('public.stored_events', 'notification_id')), 0)
"""
_COUNT_REFERENCES: Final = """
    INSERT INTO public.reference_counters (year, number)
    SELECT split_part(reference, '-', 2)::integer, max(split_part(reference, '-', 3)::bigint)
    FROM public.case_references GROUP BY 1
"""
_FOLDED: Final = "SELECT coalesce(sum(off), 0)::bigint FROM views.partition_positions"
_RIPE: Final = "SELECT count(*) FROM public.due_work WHERE due_at <= clock_timestamp() AND parked_at IS NULL"
_LOOK_EVERY: Final = 0.5


class NotEmpty(Exception):
    """There is something in the stores, or nothing runs there; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Place:
    """A running installation: its databases as their superuser, and its master key."""

    databases: Mapping[str, str]
    master: str

    @staticmethod
    def of(home: Path) -> Place:
        """That of a data folder.

        Raises:
            NotEmpty: nothing runs there.
        """
        running = up_file(home)
        if not running.exists():
            raise NotEmpty(f"Nothing runs in {home}: start `redress up --home {home}` first.")
        key = Home(home.resolve()).keys / "master.key"
        return Place(json.loads(running.read_text("utf-8"))["databases"], f"file:{key}")

    def key(self) -> MasterKey:
        """The master key."""
        return MasterKey.from_setting(self.master)


class Stores:
    """Connections to every service's database and to the keyring's."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._open: dict[str, Connection] = {}
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        for name in (*READERS, _KEYRING):
            self._open[name] = await asyncpg.connect(self._place.databases[name])
            self._stack.push_async_callback(self._open[name].close)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.__aexit__(kind, error, trace)

    async def must_be_empty(self) -> None:
        """Nobody's cases are mixed with made-up ones, and what is recorded later than now comes later in the stores.

        Raises:
            NotEmpty: a store holds events.
        """
        cases = await self._open["intake"].fetchval("SELECT count(*) FROM public.case_references")
        for name in PUBLISHERS:
            if await self._open[name].fetchval("SELECT EXISTS (SELECT FROM public.stored_events)"):
                raise NotEmpty(
                    f"{name} holds events already, and there are {cases} cases: made-up ones are loaded into an empty "
                    "installation alone. Start `redress up --home DIR` on a new folder, and load before anything else."
                )

    async def stage(self) -> None:
        """Makes the tables in which events wait for their order."""
        for name in PUBLISHERS:
            await self._open[name].execute(_STAGE)

    async def add(self, batch: Batch) -> None:
        """Writes a batch: its events where they wait, everything else where it belongs."""
        for name in PUBLISHERS:
            await self._copy(name, "loading", _COLUMNS, batch.events.get(name, []))
            await self._copy(name, "command_receipts", _RECEIPT, batch.receipts.get(name, []))
            await self._copy(name, "case_references", _REFERENCE, batch.references.get(name, []))
        await self._copy(_KEYRING, "data_keys", _KEY, batch.keys)

    async def pass_mornings(self, begins: date, today: date) -> None:
        """The mornings before today have been: nobody is written a digest of a day that is over."""
        days = [begins + timedelta(days=number) for number in range((today - begins).days)]
        rows = [(NOTIFICATIONS, command_id(StartDigests.verb, day.isoformat()), b"", "{}") for day in days]
        await self._copy("notifications", "command_receipts", _RECEIPT, rows)

    async def put_in_order(self, progress: Callable[[int], None]) -> None:
        """Moves the events into the stores in the order in which they were recorded; tells how many are there."""
        moving = asyncio.gather(*(self._put_in_order(name) for name in PUBLISHERS))
        looking = asyncio.create_task(self._look(_INSERTED, PUBLISHERS, progress))
        try:
            await moving
        finally:
            looking.cancel()

    async def until_folded(self, events: int, progress: Callable[[int], None]) -> None:
        """Waits until every service has read so many events; tells how many the slowest has."""
        folded = 0
        while folded < events:
            await asyncio.sleep(_LOOK_EVERY)
            folded = min([await self._open[name].fetchval(_FOLDED) for name in READERS])
            progress(min(folded, events))

    async def ripe(self) -> int:
        """How much the services have to do now."""
        return sum([await self._open[name].fetchval(_RIPE) for name in READERS])

    async def _put_in_order(self, name: str) -> None:
        connection = self._open[name]
        await connection.execute(_IN_ORDER)
        await connection.execute("DROP TABLE public.loading")
        if name == "intake":
            await connection.execute(_COUNT_REFERENCES)
        await connection.execute("ANALYZE")

    async def _look(self, statement: str, names: tuple[str, ...], progress: Callable[[int], None]) -> None:
        async with AsyncExitStack() as stack:
            looks = []
            for name in names:
                looks.append(await asyncpg.connect(self._place.databases[name]))
                stack.push_async_callback(looks[-1].close)
            while True:
                progress(sum([await look.fetchval(statement) for look in looks]))
                await asyncio.sleep(_LOOK_EVERY)

    async def _copy(self, name: str, table: str, columns: tuple[str, ...], rows: list[Any]) -> None:
        if rows:
            await self._open[name].copy_records_to_table(table, records=rows, columns=columns)
