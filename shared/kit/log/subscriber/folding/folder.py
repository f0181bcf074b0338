"""Folds batches: views, due work, stream and partition positions in one transaction, or nothing at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import structlog

from shared.kit import sql
from shared.kit.due import insert_due
from shared.kit.events import UnknownEvent
from shared.kit.eventstore import Pool
from shared.kit.log.subscriber.folding import positions
from shared.kit.log.subscriber.folding.faults import is_the_databases
from shared.kit.log.subscriber.folding.plan import Plan, RecordPlace, plan
from shared.kit.log.subscriber.folding.positions import Move
from shared.kit.log.subscriber.folding.reacting import Starts
from shared.kit.log.subscriber.received import Item, Received, plainly
from shared.kit.log.subscriber.views.view import Connection, Reactor, SeesRepeats, View

_SQL: Final = sql.Statements("shared.kit.log.subscriber")
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Consecutive records of one partition.

    Attributes:
        expected: the offset at which the position must stand.
        end: the offset after the last record; `fingerprint` is that record's.
        first_record: the fingerprint of the record at offset 0, where the stretch begins there.
    """

    partition: int
    expected: int
    items: tuple[Item, ...]
    end: int
    fingerprint: str
    first_record: str | None


class MovedOn(Exception):
    """The position of these partitions isn't where it was expected: somebody else reads them."""

    def __init__(self, partitions: Sequence[int]) -> None:
        super().__init__(f"the positions of partitions {list(partitions)} have moved")
        self.partitions = tuple(partitions)


class StaleViews(Exception):
    """The tables of these views have another version than this program's: it must not write them."""


@dataclass(slots=True)
class Counts:
    """What was done since the process started."""

    applied: int = 0
    repeats: int = 0
    parked: int = 0
    held: int = 0
    unknown_types: Counter[str] = field(default_factory=Counter)

    def add(self, made: Plan) -> None:
        self.applied += len(made.apply)
        self.repeats += made.repeats
        self.parked += len(made.park)
        self.held += len(made.hold)
        if made.unknown:
            events = (received.event for received in made.apply)
            self.unknown_types.update(
                event.wire_name_seen for event in events if isinstance(event, UnknownEvent)
            )


class Folder:
    """Folds into the views of one schema.

    Args:
        principal: `service:<name>`, under which the receipts of due commands stand.
        schema: where the views and their ledger are.
    """

    def __init__(
        self,
        pool: Pool,
        views: Sequence[View],
        reactors: Sequence[Reactor],
        principal: str,
        schema: str = positions.LIVE,
    ) -> None:
        self._pool = pool
        self._views = tuple(views)
        self._reactors = tuple(reactors)
        self._principal = principal
        self._schema = schema
        self.counts = Counts()

    async def fold(self, stretches: Sequence[Stretch]) -> Plan:
        """Folds these stretches, all or nothing.

        Raises:
            MovedOn: a partition's position isn't where the stretch begins.
            StaleViews: the tables belong to another version of a view.
            Anything that `is_the_databases`: nothing was written; try again.
        """
        try:
            made = await self._fold(stretches, finding_fault=False)
        except (MovedOn, StaleViews):
            raise
        except Exception as error:
            if is_the_databases(error):
                raise
            made = await self._fold(stretches, finding_fault=True)
        self._report(made)
        return made

    async def _fold(self, stretches: Sequence[Stretch], *, finding_fault: bool) -> Plan:
        items = [item for each in stretches for item in each.items]
        moves = [
            Move(each.partition, each.expected, each.end, each.fingerprint, each.first_record)
            for each in stretches
        ]
        async with self._pool.acquire() as connection, connection.transaction():
            if self._schema != positions.LIVE:
                await positions.enter(connection, self._schema)
            await self._lock(connection, {each.partition: each.expected for each in stretches})
            so_far = await positions.so_far(connection, items)
            self._refuse_stale(so_far.views)
            if finding_fault:
                made = await self._find_fault(connection, items, so_far)
            else:
                made = plan(items, so_far.known, {})
                made.due = await self._apply(connection, made.apply, so_far.starts)
            await self._show_repeats(connection, made.repeated)
            if await positions.write(connection, made, moves) != len(moves):
                raise MovedOn([move.partition for move in moves])
        return made

    async def replay(self, key: object) -> Plan | None:
        """Folds what waits behind a parked key and lets it flow again, all or nothing.

        Returns:
            What was done; None when the key isn't parked. When the fault is still there, `park` names it and
            nothing has changed.
        """
        async with self._pool.acquire() as connection:
            transaction = connection.transaction()
            await transaction.start()
            try:
                made = await self._replay(connection, key)
            except BaseException:
                await transaction.rollback()
                raise
            if made is None or made.park:
                await transaction.rollback()
                return made
            await transaction.commit()
        self._report(made)
        return made

    async def _replay(self, connection: Connection, key: object) -> Plan | None:
        await positions.enter(connection, self._schema)
        partition = await connection.fetchval(_SQL.lock_parked_key, key)
        if partition is None:
            return None
        await connection.fetch(_SQL.lock_positions, [partition])
        items = [positions.kept(row) for row in await connection.fetch(_SQL.queue_of, key)]
        so_far = await positions.so_far(connection, items)
        self._refuse_stale(so_far.views)
        known = replace(so_far.known, parked=so_far.known.parked - {key})
        made = await self._find_fault(connection, items, replace(so_far, known=known))
        await self._show_repeats(connection, made.repeated)
        await positions.write(connection, made, ())
        await connection.execute(_SQL.unpark_events, key)
        await connection.execute(_SQL.unpark_key, key)
        return made

    async def _lock(self, connection: Connection, expected: Mapping[int, int]) -> None:
        rows = await connection.fetch(_SQL.lock_positions, list(expected))
        found = {row["partition"]: row["off"] for row in rows}
        moved = [partition for partition, off in expected.items() if found.get(partition) != off]
        if moved:
            raise MovedOn(moved)

    def _refuse_stale(self, found: Mapping[str, int]) -> None:
        stale = [
            f"{view.name} v{view.version}, the tables are v{found.get(view.name)}"
            for view in self._views
            if found.get(view.name) != view.version
        ]
        if stale:
            raise StaleViews("; ".join(stale))

    async def _find_fault(
        self, connection: Connection, items: Sequence[Item], so_far: positions.SoFar
    ) -> Plan:
        """Applies what can be applied; what is at fault is parked, and nobody else."""
        poison: dict[RecordPlace, str] = {}
        singly = False
        while True:
            made = plan(items, so_far.known, poison)
            try:
                async with connection.transaction():
                    made.due = await self._apply(connection, made.apply, so_far.starts, singly=singly)
            except Exception as error:
                if is_the_databases(error):
                    raise
                found = await self._at_fault(connection, made.apply, so_far.starts)
                # Together they fail and one by one they don't: then one by one it is.
                singly = not found
                poison |= found
            else:
                return made

    async def _apply(
        self, connection: Connection, events: Sequence[Received], starts: Starts, *, singly: bool = False
    ) -> int:
        """Folds the events into every view and writes down what they lead to: gives how many rows of due work."""
        rows = 0
        for group in [[event] for event in events] if singly else [events]:
            if not group:
                continue
            for view in self._views:
                await view.fold(connection, group)
            due = [
                row
                for reactor in self._reactors
                for received in group
                if starts.reacts(reactor.name, received)
                for row in reactor.react(received)
            ]
            await insert_due(connection, due, self._principal)
            rows += len(due)
        return rows

    async def _show_repeats(self, connection: Connection, events: Sequence[Received]) -> None:
        for view in self._views:
            if events and isinstance(view, SeesRepeats):
                await view.repeats(connection, events)

    async def _at_fault(
        self, connection: Connection, events: Sequence[Received], starts: Starts
    ) -> dict[RecordPlace, str]:
        """The first event of each key that can't be folded, and why; everything is undone again."""
        found: dict[RecordPlace, str] = {}
        keys = set()
        undo = connection.transaction()
        await undo.start()
        try:
            for received in events:
                if received.envelope.key in keys:
                    continue
                try:
                    async with connection.transaction():
                        await self._apply(connection, [received], starts)
                except Exception as error:
                    if is_the_databases(error):
                        raise
                    keys.add(received.envelope.key)
                    found[received.partition, received.offset] = plainly(error)
        finally:
            await undo.rollback()
        return found

    def _report(self, made: Plan) -> None:
        self.counts.add(made)
        for key, (partition, error) in made.park.items():
            _log.error("a case is parked", case=str(key), partition=partition, error=str(error))
        for stream, version in made.hold:
            _log.warning("an event came before its predecessor: held", stream=stream, version=version)
