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

GRANTS = {
    ("stored_events", "INSERT"): set(EVENT),
    ("command_receipts", "INSERT"): set(RECEIPT),
    ("access_log", "INSERT"): {*LOOK, "refused"},
    ("case_references", "INSERT"): {"reference", "stream", "key"},
    ("reference_counters", "INSERT"): {"year", "number"},
    ("reference_counters", "UPDATE"): {"year", "number"},
}
"""What a service may write: `docs/reference/formats.md` has the same table."""


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


async def test_a_service_may_insert_and_change_these_columns_and_remove_nothing(pool: Pool) -> None:
    rows = await pool.fetch(
        """
        SELECT table_name, privilege_type, array_agg(column_name::text) AS columns
        FROM information_schema.role_column_grants
        WHERE grantee = 'redress_service' AND table_schema = 'public' AND privilege_type <> 'SELECT'
            AND table_name IN ('stored_events', 'command_receipts', 'access_log', 'case_references',
                'reference_counters')
        GROUP BY 1, 2
        """
    )
    assert {(row["table_name"], row["privilege_type"]): set(row["columns"]) for row in rows} == GRANTS
    removing = await pool.fetchval(
        """
        SELECT count(*) FROM information_schema.role_table_grants
        WHERE grantee = 'redress_service' AND privilege_type IN ('DELETE', 'TRUNCATE') AND table_name <> 'due_work'
        """
    )
    assert removing == 0
