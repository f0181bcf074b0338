"""A mark says only what is proven, and a reader believes the newest of the newest relay."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from shared.kit.eventstore import Position
from shared.kit.log import LogOffset, MarksReader
from shared.kit.log.marks import Mark, Proof

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_a_mark_survives_the_topic() -> None:
    mark = Mark("intake", 3, AT, at({0: 7, 11: 0}))
    assert Mark.from_json(mark.to_json()) == mark


def test_a_moment_is_proven_by_a_drained_read_that_began_after_all_older_transactions_ended() -> None:
    proof = Proof()
    proof.try_moment(AT, 100)
    proof.ended_below(99)
    proof.published(Position(50, 1), {0: 1}, drained=True, oldest_running=99)
    assert proof.proven is None
    proof.ended_below(101)
    proof.published(Position(50, 1), {0: 1}, drained=True, oldest_running=99)
    assert proof.proven is None
    proof.published(Position(60, 2), {0: 2}, drained=True, oldest_running=101)
    assert proof.proven == (AT, {0: 2})
    assert proof.wants_a_moment


def test_a_moment_is_proven_in_the_midst_of_a_backlog_once_it_is_passed() -> None:
    proof = Proof()
    proof.try_moment(AT, 100)
    proof.published(Position(99, 1), {}, drained=False, oldest_running=0)
    assert proof.proven is None
    proof.published(Position(100, 1), {}, drained=False, oldest_running=0)
    assert proof.proven == (AT, {})


def at(offsets: Mapping[int, int], log: str = "the log") -> dict[int, LogOffset]:
    """These offsets in one log."""
    return {partition: LogOffset(offset, log) for partition, offset in offsets.items()}


def reader(*marks: Mark) -> MarksReader:
    """A reader of two services at AT, that has met these marks."""
    made = MarksReader("localhost:9092", ["intake", "deadlines"], now=lambda: AT)
    for mark in marks:
        made.take(mark.to_json())
    return made


def test_a_service_never_heard_of_is_behind() -> None:
    assert reader(Mark("intake", 1, AT, {})).behind({}, MINUTE) == ("deadlines: no mark yet",)


def test_level_means_young_marks_and_everything_up_to_them_folded() -> None:
    both = reader(Mark("intake", 1, AT, at({0: 4})), Mark("deadlines", 1, AT - MINUTE, at({1: 9})))
    assert both.level(at({0: 5, 1: 10}), MINUTE)
    assert both.behind(at({0: 4, 1: 10}), MINUTE) == ("intake: not read up to its last mark",)
    assert both.behind(at({0: 5, 1: 10}), MINUTE / 2) == (
        f"deadlines: the last mark is of {(AT - MINUTE).isoformat()}",
    )


def test_everything_recorded_by_a_moment_is_folded_once_every_mark_is_of_that_moment() -> None:
    both = reader(Mark("intake", 1, AT, at({0: 4})), Mark("deadlines", 1, AT - MINUTE, at({1: 9})))
    assert both.reached(at({0: 5, 1: 10}), AT - MINUTE)
    assert not both.reached(at({0: 5, 1: 10}), AT)
    assert not both.reached(at({0: 5, 1: 9}), AT - MINUTE)


def test_an_offset_of_a_log_that_was_lost_says_nothing_of_the_log_that_was_made_anew() -> None:
    anew = reader(Mark("intake", 1, AT, at({0: 4}, "new")), Mark("deadlines", 1, AT, {}))
    assert not anew.reached(at({0: 900}, "old"), AT)
    assert not anew.reached({0: LogOffset(0, None)}, AT)
    assert anew.reached(at({0: 5}, "new"), AT)


def test_a_woken_relays_mark_does_not_count_against_its_successors() -> None:
    met = reader(Mark("intake", 2, AT, at({0: 4})), Mark("intake", 1, AT + MINUTE, at({0: 1})))
    assert met.marks["intake"].epoch == 2


def test_what_is_no_mark_is_passed_over() -> None:
    met = reader()
    for value in (
        None,
        b"",
        b"[]",
        b"{}",
        b'{"service": "intake", "epoch": 1, "at": "?", "ends": {}}',
        b"\xff",
    ):
        met.take(value)
    assert met.marks == {}
