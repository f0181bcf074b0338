"""Whoever changes, removes, adds or swaps an event, in whatever place: it is found, and named."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date
from uuid import UUID

import asyncpg
import pytest

from services.audit.application.checkpoints.signed import sign_now
from services.audit.application.verification.report import Fault, Report
from shared.contracts.intake import Closed
from shared.kit.merkle import SigningKey
from tests.conftest import Databases, MakeTopic
from tests.conftest import topic as topic_fixture
from tests.integration.audit.council import Council, at_work, make_places

CASES = 4
EVENTS = CASES * 8 + 43


@pytest.fixture(scope="module")
async def steady(
    postgres: Databases, kafka_bootstrap: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Council]:
    """A council whose events have all flowed. Each test puts back what it changes."""
    folder = tmp_path_factory.mktemp("steady")
    topics = topic_fixture.__wrapped__(kafka_bootstrap)  # type: ignore[attr-defined]
    make_topic: MakeTopic = await anext(topics)
    async with at_work(
        await make_places(postgres, kafka_bootstrap, make_topic, folder), postgres, folder
    ) as council:
        for number in range(CASES):
            await council.open_case(f"CR-2026-{number:06}", notes=5)
        # Long enough for its partition to have stored subtrees.
        await council.open_case("CR-2026-999999", notes=40)
        await council.flow()
        yield council
    async for _ in topics:
        pass


@asynccontextmanager
async def tampered(council: Council, service: str, table: str, *statements: str) -> AsyncIterator[None]:
    """A table as a superuser has changed it, for as long as the block runs."""
    connection = await asyncpg.connect(council.places.owners[service])
    try:
        await connection.execute(f"CREATE TABLE saved AS TABLE {table}")
        try:
            for statement in statements:
                done = await connection.execute(statement)
                assert not done.endswith(" 0"), f"{statement} changed nothing"
            yield
        finally:
            await connection.execute(f"TRUNCATE {table}")
            await connection.execute(f"INSERT INTO {table} OVERRIDING SYSTEM VALUE TABLE saved")
            await connection.execute("DROP TABLE saved")
    finally:
        await connection.close()


async def _some_case(council: Council) -> UUID:
    found: UUID = await council.audit.fetchval("SELECT case_id FROM views.cases ORDER BY reference LIMIT 1")
    return found


def _first(report: Report) -> tuple[str, str, str | None, int | None]:
    first: Fault = report.faults[0]
    return first.where, first.what, first.stream, first.version


async def test_what_nobody_touched_is_verified(steady: Council) -> None:
    report = await steady.verify()
    assert report.faults == []
    assert report.lines()[0] == f"{EVENTS} events in {CASES * 2 + 2} streams verified"
    assert (report.unpublished, report.unread, report.set_aside) == (0, 0, 0)


STORE_CHANGES = {
    "a changed value": ("changed", 3, "value", ["UPDATE {t} SET state = 'x' WHERE {here} = 3"]),
    "a back-dated event": (
        "changed",
        2,
        "ce_time",
        ["UPDATE {t} SET happened_at = happened_at - interval '1 day' WHERE {here} = 2"],
    ),
    "another author": (
        "changed",
        4,
        "ce_principal",
        ["UPDATE {t} SET principal = 'person:somebody-else' WHERE {here} = 4"],
    ),
    "an event taken away": ("removed", 3, "", ["DELETE FROM {t} WHERE {here} = 3"]),
    "the last event taken away": (
        "removed",
        7,
        "or somebody else added it to the log",
        ["DELETE FROM {t} WHERE {here} = 7"],
    ),
    "two contents swapped": (
        "swapped",
        4,
        "it has what belongs to event 5",
        [
            """UPDATE {t} AS e SET state = o.state FROM {t} AS o
            WHERE o.originator_id = e.originator_id AND o.originator_version = 9 - e.originator_version
            AND e.originator_id = '{stream}' AND e.originator_version IN (4, 5)"""
        ],
    ),
    "two events swapped": (
        "swapped",
        4,
        "it has what belongs to event 5",
        [
            "UPDATE {t} SET originator_version = 1000 WHERE {here} = 4",
            "UPDATE {t} SET originator_version = 4 WHERE {here} = 5",
            "UPDATE {t} SET originator_version = 5 WHERE {here} = 1000",
        ],
    ),
    "an event added": (
        "added",
        8,
        "it was never published",
        [
            """INSERT INTO {t} (originator_id, originator_version, topic, state, event_id, key, happened_at, source,
            principal, correlation_id, transaction_id)
            SELECT originator_id, 8, topic, state, gen_random_uuid(), key, happened_at, source, principal,
            correlation_id, transaction_id FROM {t} WHERE {here} = 7"""
        ],
    ),
}


@pytest.mark.parametrize(
    ("what", "version", "detail", "statements"), STORE_CHANGES.values(), ids=STORE_CHANGES
)
async def test_a_service_s_table_is_found_out(
    steady: Council, what: str, version: int, detail: str, statements: list[str]
) -> None:
    stream = f"case-{await _some_case(steady)}"
    here = f"originator_id = '{stream}' AND originator_version"
    filled = [each.format(t="stored_events", here=here, stream=stream) for each in statements]
    async with tampered(steady, "intake", "stored_events", *filled):
        report = await steady.verify()
    assert _first(report) == ("intake's table", what, stream, version)
    assert report.faults[0].detail == detail
    assert f"{EVENTS} events in {CASES * 2 + 2} streams NOT verified" in report.lines()
    assert (await steady.verify()).faults == []


async def test_every_row_of_every_store_is_counted(steady: Council) -> None:
    report = await steady.verify()
    stored = [await pool.fetchval("SELECT count(*) FROM stored_events") for pool in steady.pools.values()]
    assert report.rows == sum(stored)
    assert f"{report.rows} rows in the services' tables counted" in report.lines()


UNREACHABLE = """INSERT INTO stored_events (originator_id, originator_version, topic, state, event_id, key, happened_at,
source, principal, correlation_id, transaction_id{more_columns}) OVERRIDING SYSTEM VALUE
SELECT originator_id, 8, topic, state, gen_random_uuid(), key, happened_at, source, principal, correlation_id,
{transaction}{more_values} FROM stored_events WHERE originator_id = '{stream}' AND originator_version = 7"""


async def test_a_row_that_no_relay_would_ever_send_is_found_out(steady: Council) -> None:
    """Its transaction id lies in the future, so nobody who reads in order meets it: not the relay, not audit."""
    stream = f"case-{await _some_case(steady)}"
    future = "(pg_current_xact_id()::text::bigint + 1000000)::text::xid8"
    hidden = UNREACHABLE.format(stream=stream, transaction=future, more_columns="", more_values="")
    before = (await steady.verify()).rows
    async with tampered(steady, "intake", "stored_events", hidden):
        report = await steady.verify()
    assert _first(report) == ("intake's table", "added", stream, 8)
    assert report.faults[0].detail.startswith("no relay sends it: transaction ")
    assert (report.rows, report.unpublished, len(report.faults)) == (before + 1, 0, 1)
    assert (await steady.verify()).faults == []


async def test_a_row_before_the_first_one_is_found_out(steady: Council) -> None:
    stream = f"case-{await _some_case(steady)}"
    hidden = UNREACHABLE.format(
        stream=stream, transaction="'0'::xid8", more_columns=", notification_id", more_values=", -1"
    )
    async with tampered(steady, "intake", "stored_events", hidden):
        report = await steady.verify()
    assert _first(report)[:2] == ("intake's table", "changed")
    assert "rows stand there, and reading them in order meets" in report.faults[0].detail


async def _record_and_back_date(council: Council, stream: str, version: int, by: str) -> None:
    """As one who writes to the table themselves may, before the relay comes by: all copies have the false time."""
    changed = await council.as_superuser(
        "intake",
        "UPDATE stored_events SET recorded_at = recorded_at - $3::text::interval "
        "WHERE originator_id = $1 AND originator_version = $2",
        stream,
        version,
        by,
    )
    assert changed == "UPDATE 1"


async def test_a_time_that_runs_backwards_in_a_stream_raises_an_alarm(council: Council) -> None:
    stream = f"case-{await council.open_case(notes=3)}"
    await _record_and_back_date(council, stream, 4, "2 seconds")
    await council.flow()
    report = await council.verify()
    assert _first(report) == ("intake's table", "back-dated", stream, 4)
    assert "and event 3 of its stream, which was stored before it, at " in report.faults[0].detail
    assert len(report.faults) == 1


async def test_a_time_that_runs_backwards_in_commit_order_raises_an_alarm(council: Council) -> None:
    first = f"case-{await council.open_case('CR-2026-000001', notes=0)}"
    later = f"case-{await council.open_case('CR-2026-000002', notes=0)}"
    await _record_and_back_date(council, later, 1, "20 seconds")
    await council.flow()
    report = await council.verify()
    assert _first(report) == ("intake's table", "back-dated", later, 1)
    assert f"and event 2 of {first}, which was stored before it, at " in report.faults[0].detail
    assert len(report.faults) == 1


async def test_appends_that_overtake_each_other_raise_none(council: Council) -> None:
    await council.open_case("CR-2026-000001", notes=0)
    later = f"case-{await council.open_case('CR-2026-000002', notes=0)}"
    await _record_and_back_date(council, later, 1, "10 seconds")
    await council.flow()
    assert (await council.verify()).faults == []


async def test_a_table_of_any_service_is_found_out(steady: Council) -> None:
    stream = f"clock-{await _some_case(steady)}"
    change = f"UPDATE stored_events SET state = 'x' WHERE originator_id = '{stream}'"
    async with tampered(steady, "deadlines", "stored_events", change):
        assert _first(await steady.verify()) == ("deadlines's table", "changed", stream, 1)


OWN_CHANGES: dict[str, tuple[str, int | None, list[str]]] = {
    "a changed value": ("changed", 3, ["UPDATE {t} SET value = 'x' WHERE {here} = 3"]),
    "a changed value with its hash": (
        "changed",
        3,
        ["UPDATE {t} SET value = 'x', leaf_hash = sha256('x') WHERE {here} = 3"],
    ),
    "a column that the timeline shows": (
        "changed",
        2,
        ["UPDATE {t} SET happened_at = happened_at - interval '1 day' WHERE {here} = 2"],
    ),
    "a leaf's hash": ("changed", 5, ["UPDATE {t} SET leaf_hash = sha256('x') WHERE {here} = 5"]),
    "an event taken away": ("removed", 3, ["DELETE FROM {t} WHERE {here} = 3"]),
    "the last event taken away": (
        "removed",
        None,
        [
            """DELETE FROM {t} AS l WHERE (l.partition, l.leaf_index) IN (
            SELECT p.partition, max(p.leaf_index) FROM {t} AS p
            WHERE p.partition = (SELECT q.partition FROM {t} AS q WHERE q.stream = '{stream}' LIMIT 1)
            GROUP BY p.partition)"""
        ],
    ),
    "two contents swapped": (
        "swapped",
        4,
        [
            """UPDATE {t} AS e SET value = o.value FROM {t} AS o
            WHERE o.stream = e.stream AND o.version = 9 - e.version
            AND e.stream = '{stream}' AND e.version IN (4, 5)"""
        ],
    ),
    "an event added": (
        "added",
        8,
        [
            """INSERT INTO {t} SELECT partition,
            1 + (SELECT max(o.leaf_index) FROM {t} AS o WHERE o.partition = l.partition),
            log_offset + 1000, sent_at, was_set_aside, stream, 8, key, event_id, wire_name, source,
            happened_at, recorded_at, principal, correlation_id, causation_id, headers, value, leaf_hash,
            case_count + 100, case_chain FROM {t} AS l WHERE {here} = 7"""
        ],
    ),
}


@pytest.mark.parametrize(("what", "version", "statements"), OWN_CHANGES.values(), ids=OWN_CHANGES)
async def test_audit_s_own_copy_is_found_out(
    steady: Council, what: str, version: int | None, statements: list[str]
) -> None:
    stream = f"case-{await _some_case(steady)}"
    here = f"stream = '{stream}' AND version"
    filled = [each.format(t="audit_log", here=here, stream=stream) for each in statements]
    async with tampered(steady, "audit", "audit_log", *filled):
        report = await steady.verify()
    where, found, whose, which = _first(report)
    assert (where, found) == ("audit's copy", what)
    if version is not None:
        assert (whose, which) == (stream, version)
    assert (await steady.verify()).faults == []


async def test_leaves_that_changed_places_are_found_out(steady: Council) -> None:
    stream = f"case-{await _some_case(steady)}"
    here = f"stream = '{stream}' AND version"
    swap = [
        f"UPDATE audit_log SET leaf_index = leaf_index + 100000 WHERE {here} IN (4, 5)",
        f"""UPDATE audit_log AS l SET leaf_index = o.leaf_index - 100000 FROM (
        SELECT * FROM audit_log WHERE {here} IN (4, 5)) AS o
        WHERE l.stream = o.stream AND l.version = 9 - o.version""",
    ]
    async with tampered(steady, "audit", "audit_log", *swap):
        report = await steady.verify()
    assert {"audit's chains", "audit's copy"} & {fault.where for fault in report.faults}
    assert {fault.stream for fault in report.faults if fault.stream} == {stream}


@pytest.mark.parametrize(
    ("what", "statement"),
    [
        ("changed", "UPDATE tree_nodes SET hash = sha256('x') WHERE level = 5"),
        ("removed", "DELETE FROM tree_nodes WHERE level = 5"),
    ],
)
async def test_the_stored_trees_are_found_out(steady: Council, what: str, statement: str) -> None:
    async with tampered(steady, "audit", "tree_nodes", statement):
        report = await steady.verify()
    assert _first(report)[:2] == ("audit's trees", what)


async def test_a_chain_that_does_not_follow_is_found_out(steady: Council) -> None:
    stream = f"case-{await _some_case(steady)}"
    change = f"UPDATE audit_log SET case_chain = sha256('x') WHERE stream = '{stream}' AND version = 3"
    async with tampered(steady, "audit", "audit_log", change):
        report = await steady.verify()
    assert _first(report) == ("audit's chains", "changed", stream, 3)


async def test_a_checkpoint_from_outside_holds_and_a_forged_one_does_not(steady: Council) -> None:
    key = SigningKey.from_setting(f"file:{steady.places.settings.checkpoint_key_file}")
    signed = await sign_now(steady.audit, key, "council.example/case-events")
    report = await steady.verify(signed.note)
    assert report.faults == []
    assert any(line.startswith("the given checkpoint of ") for line in report.lines())

    forged = re.sub(r"(?m)^partition 0 \d+", "partition 0 1", signed.note)
    report = await steady.verify(forged)
    assert _first(report)[:2] == ("the given checkpoint", "changed")

    stranger = SigningKey.generate("somebody-else")
    report = await steady.verify(signed.note, stranger)
    assert "No trusted key" in report.faults[0].detail


async def test_a_log_rewritten_in_all_three_places_is_betrayed_by_a_checkpoint(steady: Council) -> None:
    """Stores, log and copy may be made to agree; the roots that left the machine can't."""
    key = SigningKey.from_setting(f"file:{steady.places.settings.checkpoint_key_file}")
    signed = await sign_now(steady.audit, key, "council.example/case-events")
    stream = f"case-{await _some_case(steady)}"
    change = f"UPDATE audit_log SET value = 'x' WHERE stream = '{stream}' AND version = 3"
    async with tampered(steady, "audit", "audit_log", change):
        report = await steady.verify(signed.note)
    given = [fault for fault in report.faults if fault.where == "the given checkpoint"]
    assert "have another root" in given[0].detail


async def test_what_is_on_its_way_is_no_fault(council: Council) -> None:
    case = await council.open_case()
    await council.flow()
    closed = Closed(ground="answered", closed_on=date(2026, 12, 1))
    await council.record("intake", f"case-{case}", case, closed)
    report = await council.verify()
    assert (report.faults, report.unpublished, report.unread) == ([], 1, 0)
    await council.publish()
    report = await council.verify()
    assert (report.faults, report.unpublished, report.unread) == ([], 0, 1)
    await council.flow()
    report = await council.verify()
    assert (report.faults, report.unpublished, report.unread) == ([], 0, 0)


def test_a_report_of_many_faults_shows_the_first_ones() -> None:
    fault = Fault("the log", "removed", "case-1", 1, 2, 3)
    lines = Report(events=5, streams=1, faults=[replace(fault, version=n) for n in range(1, 31)]).lines()
    assert lines[0] == "FAULT: the log: event 1 of case-1 removed (partition 2, offset 3)"
    assert lines[20] == "... and 10 more"
