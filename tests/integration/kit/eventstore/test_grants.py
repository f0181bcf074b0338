"""What the database says of a row, its number, its transaction and its time, a service can't say in its place."""

from __future__ import annotations

from uuid import uuid4

import asyncpg
import pytest

from shared.kit.eventstore import Pool

EVENT = {
    "originator_id": "'ledger-1'",
    "originator_version": "1",
    "topic": "'redress.tests.noted.v1'",
    "state": "'{}'::bytea",
    "event_id": f"'{uuid4()}'",
    "source": "'/redress/tests'",
    "key": f"'{uuid4()}'",
    "happened_at": "now()",
    "principal": "'service:tests'",
    "correlation_id": f"'{uuid4()}'",
    "causation_id": "null",
}
RECEIPT = {
    "principal": "'service:tests'",
    "command_id": f"'{uuid4()}'",
    "body_hmac": "''::bytea",
    "answer": "'{}'",
}
LOOK = {"principal": "'person:1'", "key": f"'{uuid4()}'", "reference": "null", "what": "'case'"}


async def _insert(pool: Pool, table: str, row: dict[str, str]) -> None:
    """As the service's own role, undone at the end."""
    async with pool.acquire() as connection:
        transaction = connection.transaction()
        await transaction.start()
        try:
            await connection.execute(
                f"INSERT INTO {table} ({', '.join(row)}) OVERRIDING SYSTEM VALUE VALUES ({', '.join(row.values())})"
            )
        finally:
            await transaction.rollback()


@pytest.mark.parametrize(
    ("table", "row"), [("stored_events", EVENT), ("command_receipts", RECEIPT), ("access_log", LOOK)]
)
async def test_a_service_writes_what_it_decides(pool: Pool, table: str, row: dict[str, str]) -> None:
    await _insert(pool, table, row)


@pytest.mark.parametrize(
    ("table", "row", "column", "forged"),
    [
        ("stored_events", EVENT, "transaction_id", "'9223372036854775807'::xid8"),
        ("stored_events", EVENT, "recorded_at", "now() - interval '1 year'"),
        ("stored_events", EVENT, "notification_id", "1"),
        ("command_receipts", RECEIPT, "recorded_at", "now() - interval '1 year'"),
        ("access_log", LOOK, "at", "now() - interval '1 year'"),
        ("access_log", LOOK, "number", "1"),
    ],
)
async def test_a_service_cannot_say_what_the_database_says(
    pool: Pool, table: str, row: dict[str, str], column: str, forged: str
) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await _insert(pool, table, row | {column: forged})
