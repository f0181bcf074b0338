"""Where reading goes on: the saved position, if the log is still the one in which it was saved."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

import structlog

from shared.kit import sql
from shared.kit.eventstore import Pool
from shared.kit.log.identity import LogView
from shared.kit.log.subscriber.folding import positions

_SQL: Final = sql.Statements("shared.kit.log.subscriber")
_log = structlog.get_logger(__name__)


async def places(pool: Pool, view: LogView, partitions: Collection[int], schema: str) -> dict[int, int]:
    """The offset at which each partition is to be read on.

    A partition whose last record isn't where it was, or lies in another cluster, begins again from 0: what had
    been applied is known by stream and version, so nothing is applied twice.

    Raises:
        aiokafka.errors.KafkaError, TimeoutError: the log can't be looked at now.
        What `is_the_databases`: the positions can't be read now.
    """
    wanted = sorted(partitions)
    async with pool.acquire() as connection, connection.transaction():
        await positions.enter(connection, schema)
        await positions.ensure_positions(connection, wanted)
        rows = await connection.fetch(_SQL.positions, wanted)
    cluster_id = await view.cluster_id()
    found = await view.read_back({row["partition"]: row["off"] - 1 for row in rows if row["off"] > 0})
    other = {
        row["partition"]: row["off"]
        for row in rows
        if row["cluster_id"] not in (None, cluster_id)
        or (row["off"] > 0 and found[row["partition"]] != row["fingerprint"])
    }
    async with pool.acquire() as connection, connection.transaction():
        await positions.enter(connection, schema)
        if other:
            _log.error(
                "another log than before: partitions are read from the beginning", partitions=sorted(other)
            )
            await connection.execute(_SQL.begin_again, list(other), list(other.values()))
            await connection.execute(_SQL.forget_reactor_starts, list(other))
        await connection.execute(_SQL.name_cluster, wanted, cluster_id)
        rows = await connection.fetch(_SQL.positions, wanted)
    return {row["partition"]: row["off"] for row in rows}
