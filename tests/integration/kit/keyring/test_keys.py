"""The keyring on a real PostgreSQL: one key for each person in each case, and none after destruction."""

from __future__ import annotations

import asyncio
from uuid import uuid4

import asyncpg
import pytest
from structlog.testing import capture_logs

from shared.kit.keyring import Erased, MasterKey, MasterKeyMissing, PostgresKeyring, Spoiled
from tests.integration.kit.keyring.conftest import Connection, Pool


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class CountingPool:
    """Counts what is asked of the database."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self.asked = 0

    def __getattr__(self, name: str) -> object:
        self.asked += 1
        return getattr(self._pool, name)


async def test_an_owner_has_one_key_in_a_case_whichever_process_asks(pool: Pool, master: MasterKey) -> None:
    owner, case = uuid4(), uuid4()
    keyrings = [PostgresKeyring(pool, master) for _ in range(8)]
    keys = await asyncio.gather(*(keyring.create(owner, case) for keyring in keyrings))
    assert len({(key.key_id, key.secret) for key in keys}) == 1
    assert len(keys[0].secret) == 32


async def test_two_cases_of_an_owner_and_two_owners_in_a_case_have_different_keys(
    keyring: PostgresKeyring,
) -> None:
    owner, case = uuid4(), uuid4()
    keys = [await keyring.create(*pair) for pair in ((owner, case), (owner, uuid4()), (uuid4(), case))]
    assert len({key.secret for key in keys}) == len({key.key_id for key in keys}) == 3


async def test_a_key_is_got_by_its_id_from_another_process(pool: Pool, master: MasterKey) -> None:
    made = await PostgresKeyring(pool, master).create(uuid4(), uuid4())
    assert await PostgresKeyring(pool, master).get(made.key_id) == made


async def test_destroying_takes_the_scope_named_and_nothing_else(keyring: PostgresKeyring) -> None:
    anna, ben, first, second = uuid4(), uuid4(), uuid4(), uuid4()
    pairs = [(anna, first), (anna, second), (ben, first), (ben, second)]
    keys = {pair: await keyring.create(*pair) for pair in pairs}

    async def left() -> list[tuple[object, object]]:
        return [pair for pair in pairs if await keyring.get(keys[pair].key_id) is not None]

    assert await keyring.destroy(owner=anna, case=first) == 1
    assert await left() == pairs[1:]
    assert await keyring.destroy(case=first) == 1
    assert await left() == [(anna, second), (ben, second)]
    assert await keyring.destroy(owner=anna) == 1
    assert await left() == [(ben, second)]
    assert await keyring.destroy(owner=anna) == 0


async def test_destroying_needs_a_scope(keyring: PostgresKeyring, pool: Pool) -> None:
    with pytest.raises(ValueError, match="Name an owner"):
        await keyring.destroy()
    with pytest.raises(asyncpg.NullValueNotAllowedError):
        await pool.execute("SELECT destroy_keys(NULL, NULL)")


async def test_erased_stays_erased(keyring: PostgresKeyring) -> None:
    owner, case, other_case = uuid4(), uuid4(), uuid4()
    await keyring.create(owner, case)
    await keyring.destroy(owner=owner)
    for place in (case, other_case):
        with pytest.raises(Erased) as refused:
            await keyring.create(owner, place)
        assert (refused.value.owner, refused.value.case) == (owner, place)


async def test_a_case_disposed_of_takes_no_new_keys_and_a_person_keeps_other_cases(
    keyring: PostgresKeyring,
) -> None:
    owner, case = uuid4(), uuid4()
    await keyring.destroy(case=case)
    with pytest.raises(Erased):
        await keyring.create(owner, case)
    assert await keyring.create(owner, uuid4())


async def test_what_is_destroyed_before_it_was_made_is_never_made(keyring: PostgresKeyring) -> None:
    owner, case = uuid4(), uuid4()
    assert await keyring.destroy(owner=owner, case=case) == 0
    with pytest.raises(Erased):
        await keyring.create(owner, case)
    assert await keyring.create(owner, uuid4())


async def test_no_key_is_made_beside_a_destruction_under_way(
    keyring: PostgresKeyring, pool: Pool, owner: Connection
) -> None:
    """The creation must wait for the destruction that is not committed yet, and then be refused."""
    person, case = uuid4(), uuid4()
    async with pool.acquire() as other:
        transaction = other.transaction()
        await transaction.start()
        await other.execute("SELECT destroy_keys($1, NULL)", person)
        creation = asyncio.create_task(keyring.create(person, case))
        while not await owner.fetchval(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
        ):
            assert not creation.done()
        await transaction.commit()
    with pytest.raises(Erased):
        await creation
    assert not await owner.fetchval("SELECT count(*) FROM data_keys WHERE owner = $1", person)


async def test_a_destruction_waits_for_a_key_being_made_and_takes_it(
    keyring: PostgresKeyring, pool: Pool, owner: Connection
) -> None:
    person, case, key_id = uuid4(), uuid4(), uuid4()
    async with pool.acquire() as other:
        transaction = other.transaction()
        await transaction.start()
        await other.execute("SELECT create_key($1, $2, $3, $4)", key_id, person, case, b"wrapped")
        destruction = asyncio.create_task(keyring.destroy(case=case))
        while not await owner.fetchval(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
        ):
            assert not destruction.done()
        await transaction.commit()
    assert await destruction == 1
    assert not await owner.fetchval("SELECT count(*) FROM data_keys WHERE owner = $1", person)


@pytest.mark.parametrize(
    "call", ["create_key(gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), '')",
             "destroy_keys(gen_random_uuid(), NULL)"],
    ids=["create", "destroy"],
)  # fmt: skip
async def test_a_transaction_that_would_not_see_a_destruction_is_refused(pool: Pool, call: str) -> None:
    async with pool.acquire() as connection, connection.transaction(isolation="repeatable_read"):
        with pytest.raises(asyncpg.InvalidTransactionStateError):
            await connection.execute(f"SELECT {call}")


async def test_a_tombstone_says_whose_key_it_was_and_when_and_holds_no_key(
    keyring: PostgresKeyring, owner: Connection
) -> None:
    person, case = uuid4(), uuid4()
    key = await keyring.create(person, case)
    await keyring.destroy(owner=person)
    row = await owner.fetchrow("SELECT * FROM destroyed_keys WHERE key_id = $1", key.key_id)
    assert row is not None
    assert dict(row) == {
        "key_id": key.key_id, "owner": person, "case_id": case, "destroyed_at": row["destroyed_at"],
    }  # fmt: skip


async def test_a_key_in_use_asks_the_database_once_a_minute(pool: Pool, master: MasterKey) -> None:
    clock, counting = Clock(), CountingPool(pool)
    keyring = PostgresKeyring(counting, master, clock=clock)  # type: ignore[arg-type]
    key = await keyring.create(uuid4(), uuid4())
    for clock.now in (1.0, 59.9):
        assert await keyring.create(key.owner, key.case) is await keyring.get(key.key_id) is key
        assert (await keyring.get_many([key.key_id]))[key.key_id] is key
    assert counting.asked == 1
    clock.now = 60.0
    assert await keyring.get(key.key_id) == key
    assert counting.asked == 2


async def test_a_cached_key_is_handed_out_without_waiting(keyring: PostgresKeyring) -> None:
    key = await keyring.create(uuid4(), uuid4())
    with pytest.raises(StopIteration) as handed_out:
        keyring.get(key.key_id).__await__().send(None)
    assert handed_out.value.value is key


async def test_a_destruction_elsewhere_is_met_within_a_minute_or_as_soon_as_it_is_told(
    pool: Pool, master: MasterKey
) -> None:
    clock = Clock()
    here, there = PostgresKeyring(pool, master, clock=clock), PostgresKeyring(pool, master)
    late, told = await here.create(uuid4(), uuid4()), await here.create(uuid4(), uuid4())
    await there.destroy(owner=late.owner)
    await there.destroy(owner=told.owner)
    assert await here.get(told.key_id) is not None
    here.forget(told.owner)
    assert await here.get(told.key_id) is None
    clock.now = 60.0
    assert await here.get(late.key_id) is None


async def test_an_answer_asked_for_before_forgetting_is_not_remembered_after(
    pool: Pool, master: MasterKey
) -> None:
    made = await PostgresKeyring(pool, master).create(uuid4(), uuid4())

    class SlowPool:
        """Answers only after the process was told to forget."""

        async def fetch(self, statement: str, *arguments: object) -> object:
            rows = await pool.fetch(statement, *arguments)
            await pool.execute("SELECT destroy_keys($1, NULL)", made.owner)
            keyring.forget(made.owner)
            return rows

    keyring = PostgresKeyring(SlowPool(), master)  # type: ignore[arg-type]
    assert await keyring.get(made.key_id) == made
    assert await keyring.get(made.key_id) is None


async def test_many_keys_are_asked_for_at_once(pool: Pool, master: MasterKey) -> None:
    maker = PostgresKeyring(pool, master)
    keys = [await maker.create(uuid4(), uuid4()) for _ in range(3)]
    await maker.destroy(owner=keys[2].owner)
    unknown = uuid4()
    counting = CountingPool(pool)
    keyring = PostgresKeyring(counting, master)  # type: ignore[arg-type]
    found = await keyring.get_many([*(key.key_id for key in keys), unknown])
    assert found == {keys[0].key_id: keys[0], keys[1].key_id: keys[1], keys[2].key_id: None, unknown: None}
    assert counting.asked == 1


async def test_a_key_that_was_neither_stored_nor_destroyed_is_gone_and_logged(
    keyring: PostgresKeyring,
) -> None:
    unknown = uuid4()
    with capture_logs() as lines:
        assert await keyring.get(unknown) is None
    assert [line["key"] for line in lines] == [str(unknown)]


async def test_a_wrapped_key_moved_to_another_row_does_not_open(
    keyring: PostgresKeyring, pool: Pool, master: MasterKey, owner: Connection
) -> None:
    victim, thief = await keyring.create(uuid4(), uuid4()), await keyring.create(uuid4(), uuid4())
    await owner.execute(
        "UPDATE data_keys SET wrapped = (SELECT wrapped FROM data_keys WHERE key_id = $1) WHERE key_id = $2",
        victim.key_id,
        thief.key_id,
    )
    with pytest.raises(Spoiled):
        await PostgresKeyring(pool, master).get(thief.key_id)
    await owner.execute("DELETE FROM data_keys WHERE key_id = $1", thief.key_id)


async def test_a_service_without_the_master_key_s_version_says_so(
    pool: Pool, keyring: PostgresKeyring
) -> None:
    key = await keyring.create(uuid4(), uuid4())
    with pytest.raises(MasterKeyMissing):
        await PostgresKeyring(pool, MasterKey({7: bytes(32)})).get(key.key_id)
