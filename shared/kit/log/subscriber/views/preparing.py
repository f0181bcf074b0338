"""Before the first batch: the schema, the tables of new views, the starts of new reactors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from shared.kit import sql
from shared.kit.eventstore import Pool
from shared.kit.log.subscriber.folding import positions
from shared.kit.log.subscriber.folding.reacting import remember_reactors
from shared.kit.log.subscriber.views.view import Connection, Reactor, View

_SQL: Final = sql.Statements("shared.kit.log.subscriber")


class RebuildNeeded(Exception):
    """These views have other tables than this program's, or none while others have read on: rebuild them."""

    def __init__(self, views: Sequence[str]) -> None:
        super().__init__(f"rebuild first: {', '.join(views)}")
        self.views = tuple(views)


async def prepare(
    pool: Pool,
    views: Sequence[View],
    reactors: Sequence[Reactor],
    ends: Mapping[int, int],
    schema: str = positions.LIVE,
) -> None:
    """Makes what is missing. `ends`: where each partition of the log ends now.

    Raises:
        RebuildNeeded: some view can't simply begin here.
    """
    async with pool.acquire() as connection, connection.transaction():
        # One process at a time: members of a service start together.
        await connection.execute("SELECT pg_advisory_xact_lock(hashtextextended('redress-views', 0))")
        await positions.create(connection, schema)
        await remember_reactors(connection, reactors, ends)
        begun = any((await positions.positions(connection)).values())
        found = {row["name"]: row["version"] for row in await connection.fetch(_SQL.view_versions)}
        needed = []
        for view in views:
            if found.get(view.name) == view.version:
                continue
            if begun or view.name in found:
                needed.append(view.name)
            else:
                await make(connection, view)
        if needed:
            raise RebuildNeeded(needed)


async def make(connection: Connection, view: View) -> None:
    """The tables of a view, in the schema that the search path leads to, and their version."""
    if view.schema_sql:
        await connection.execute(view.schema_sql)
    await connection.execute(_SQL.set_view_version, view.name, view.version, list(view.tables))
