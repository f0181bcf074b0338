"""Rules about the code itself, and the small judgements of a reader."""

from __future__ import annotations

import ast
from pathlib import Path

import asyncpg
import pytest

from shared.kit.log.subscriber.consuming.reading import Reading
from shared.kit.log.subscriber.folding.faults import is_the_databases
from tests.unit.kit.subscriber.items import envelope, key_of
from tests.unit.kit.subscriber.test_received import Written

ROOT = Path(__file__).parents[4]


def test_nobody_publishes_batches_through_faststream() -> None:
    """`publish_batch` ignores keys when it picks a partition: a case's events would lose their order."""
    users = [
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for folder in ("services", "shared", "deploy")
        for file in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "publish_batch"
    ]
    assert users == []


@pytest.mark.parametrize(
    ("error", "waits"),
    [
        (asyncpg.DeadlockDetectedError("x"), True),
        (asyncpg.QueryCanceledError("x"), True),
        (asyncpg.LockNotAvailableError("x"), True),
        (asyncpg.UndefinedTableError("x"), True),
        (asyncpg.InterfaceError("x"), True),
        (ConnectionResetError("x"), True),
        (asyncpg.UniqueViolationError("x"), False),
        (asyncpg.CharacterNotInRepertoireError("x"), False),
        (asyncpg.DataError("x"), False),
        (ValueError("x"), False),
        (KeyError("x"), False),
    ],
)
def test_only_the_databases_own_errors_are_waited_out(error: Exception, waits: bool) -> None:
    assert is_the_databases(error) is waits


def records(*offsets: int) -> list[Written]:
    """Records of partition 3 at these offsets."""
    headers = tuple(envelope("a", "case", 1).headers())
    return [Written(str(key_of("a")).encode(), headers, b"{}", offset=offset) for offset in offsets]


def test_a_batch_is_taken_only_if_it_begins_exactly_where_it_should() -> None:
    reading = Reading()
    reading.assign([3])
    assert reading.stretches(records(0, 1)) == ([], set())
    reading.find(3, 5)
    for offsets in ((4, 5), (6, 7)):
        assert reading.stretches(records(*offsets)) == ([], {3})
    ((stretch,), again) = reading.stretches(records(5, 6, 9))
    assert (stretch.expected, stretch.end, again) == (5, 10, set())
    reading.folded([stretch])
    assert reading.places == {3: 10}


def test_a_record_without_a_key_ends_the_stretch_and_stops_the_partition() -> None:
    reading = Reading()
    reading.assign([3])
    reading.find(3, 0)
    bad = records(0, 1, 2)
    bad[1].key = b"?"
    ((stretch,), _) = reading.stretches(bad)
    assert stretch.end == 1
    assert "offset 1" in reading.stopped[3]
    reading.folded([stretch])
    assert reading.stretches(records(1)) == ([], set())


def test_a_partition_that_ends_before_its_place_is_of_another_log() -> None:
    reading = Reading()
    reading.assign([3])
    reading.find(3, 5)
    assert reading.look({3: 5}) == set()
    assert reading.look({3: 4}) == {3}
