"""Whether rebuilt views say what the live ones say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from shared.kit import sql
from shared.kit.log.subscriber.folding import positions
from shared.kit.log.subscriber.views.view import Connection, View

_SQL: Final = sql.Statements("shared.kit.log.subscriber")


@dataclass(frozen=True, slots=True)
class Compared:
    """A table that both schemas have.

    Attributes:
        live, rebuilt: their row counts.
        missing: rows of the live one that the rebuilt one lacks, in the columns compared; `extra` the other way.
        same_shape: the view's version is the same, so every column was compared.
    """

    table: str
    live: int
    rebuilt: int
    missing: int
    extra: int
    same_shape: bool

    @property
    def equal(self) -> bool:
        """Row for row the same."""
        return not self.missing and not self.extra and self.live == self.rebuilt

    def __str__(self) -> str:
        return (
            f"{self.table}: {self.live} rows live, {self.rebuilt} rebuilt, "
            f"{self.missing} missing, {self.extra} too many"
        )


async def compare(connection: Connection, views: Sequence[View]) -> tuple[Compared, ...]:
    """Every table of these views that is in both schemas, by the columns that both have.

    Rows are compared as text, so that types without an order can be compared, too.
    """
    live = await _columns(connection, positions.LIVE)
    rebuilt = await _columns(connection, positions.NEXT)
    await positions.enter(connection, positions.LIVE)
    versions = {row["name"]: row["version"] for row in await connection.fetch(_SQL.view_versions)}
    found = []
    for view in views:
        for table in view.tables:
            if table not in live or table not in rebuilt:
                continue
            same_shape = versions.get(view.name) == view.version
            columns = sorted(set(live[table]) & set(rebuilt[table]))
            found.append(await _compare(connection, table, columns, same_shape=same_shape))
    return tuple(found)


async def _compare(
    connection: Connection, table: str, columns: Sequence[str], *, same_shape: bool
) -> Compared:
    row = "ROW({})::text".format(", ".join(f'"{column}"' for column in columns))
    here, there = (f'SELECT {row} FROM {schema}."{table}"' for schema in (positions.LIVE, positions.NEXT))  # noqa: S608
    counts = await connection.fetchrow(
        f"SELECT (SELECT count(*) FROM ({here}) AS a) AS live, (SELECT count(*) FROM ({there}) AS b) AS rebuilt,"  # noqa: S608
        f" (SELECT count(*) FROM ({here} EXCEPT ALL {there}) AS c) AS missing,"
        f" (SELECT count(*) FROM ({there} EXCEPT ALL {here}) AS d) AS extra"
    )
    assert counts is not None
    live, rebuilt, missing, extra = counts
    return Compared(table, live, rebuilt, missing, extra, same_shape)


async def _columns(connection: Connection, schema: str) -> dict[str, list[str]]:
    return {row["name"]: row["columns"] for row in await connection.fetch(_SQL.columns, schema)}
