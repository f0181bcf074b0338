"""Services reach the keyring through three functions and nothing else."""

from __future__ import annotations

import asyncpg
import pytest

from tests.integration.kit.keyring.conftest import Connection, KeyringServer, Pool


@pytest.mark.parametrize("table", ["data_keys", "destroyed_keys", "destructions"])
@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM {}",
        "DELETE FROM {}",
        "UPDATE {} SET owner = owner",
        "INSERT INTO {} DEFAULT VALUES",
        "TRUNCATE {}",
        "COPY {} TO STDOUT",
        "DROP TABLE {}",
    ],
)
async def test_a_service_has_no_right_on_a_table(pool: Pool, table: str, statement: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await pool.execute(statement.format(table))


async def test_a_service_has_exactly_three_functions(pool: Pool) -> None:
    rows = await pool.fetch(
        "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
        " AND has_function_privilege(oid, 'EXECUTE') ORDER BY proname"
    )
    assert [row["proname"] for row in rows] == ["create_key", "destroy_keys", "get_keys"]


async def test_every_function_runs_as_its_owner_with_a_pinned_search_path(owner: Connection) -> None:
    rows = await owner.fetch(
        "SELECT prosecdef, proconfig FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
    )
    assert {(row["prosecdef"], tuple(row["proconfig"])) for row in rows} == {
        (True, ("search_path=pg_catalog, pg_temp",))
    }


async def test_nobody_else_may_call_them(owner: Connection) -> None:
    await owner.execute("CREATE ROLE passer_by")
    try:
        assert not await owner.fetchval(
            "SELECT bool_or(has_function_privilege('passer_by', oid, 'EXECUTE')) FROM pg_proc"
            " WHERE pronamespace = 'public'::regnamespace"
        )
    finally:
        await owner.execute("DROP ROLE passer_by")


async def test_the_auditor_does_not_get_in(server: KeyringServer) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await asyncpg.connect(server.postgres.dsn("keyring", "auditor"))


async def test_a_service_can_put_nothing_in_the_way_of_the_tables(pool: Pool) -> None:
    for statement in (
        "CREATE TABLE public.trap ()",
        "CREATE SCHEMA trap",
        "CREATE TEMPORARY TABLE data_keys ()",
    ):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await pool.execute(statement)
