"""Which log is this, and how much noise about it is let through."""

from __future__ import annotations

import logging
from dataclasses import dataclass

import pytest

from shared.kit.events import event_id
from shared.kit.log import wanted_topics
from shared.kit.log.identity import fingerprint
from shared.kit.log.noise import OncePerInterval
from shared.kit.log.relay.state import Acknowledged, Progress, acknowledged_from, same_log

EVENT = event_id("case-x", 1)


@dataclass
class Lying:
    """A record as it lies in the log."""

    headers: tuple[tuple[str, bytes], ...]
    value: bytes | None
    timestamp: int = 1_795_326_843_068
    partition: int = 0
    offset: int = 0
    key: bytes | None = None


def test_a_record_is_recognised_by_its_event_id_or_else_by_all_of_it() -> None:
    assert fingerprint(Lying((("ce_id", str(EVENT).encode()),), b"{}")) == f"{EVENT}@1795326843068"
    strange = [
        Lying((), b"a"),
        Lying((), b"b"),
        Lying((("x", b"1"),), b"a"),
        Lying((("ce_id", b"\xff"),), b"a"),
        Lying((), None),
    ]
    assert len({fingerprint(each) for each in strange}) == len(strange)


def test_an_event_that_was_published_again_is_another_record() -> None:
    """A log made anew may by chance have the same event in the same place, and others before it."""
    headers = (("ce_id", str(EVENT).encode()),)
    assert fingerprint(Lying(headers, b"{}", 1)) != fingerprint(Lying(headers, b"{}", 2))


PROGRESS = Progress(cluster_id="one", acknowledged={0: Acknowledged(4, "a"), 1: Acknowledged(9, "b")})


@pytest.mark.parametrize(
    ("cluster", "found", "same"),
    [
        ("one", {0: "a", 1: "b"}, True),
        ("two", {0: "a", 1: "b"}, False),
        ("one", {0: "a", 1: "other"}, False),
        ("one", {0: "a", 1: None}, False),
    ],
)
def test_the_log_is_the_same_if_cluster_and_every_last_record_are(
    cluster: str, found: dict[int, str | None], same: bool
) -> None:
    assert same_log(PROGRESS, cluster, found) is same


def test_a_relay_that_never_published_takes_any_log() -> None:
    assert same_log(Progress(), "any", {})


def test_progress_survives_the_database() -> None:
    assert acknowledged_from(PROGRESS.acknowledged_json()) == PROGRESS.acknowledged


def test_the_same_line_gets_through_once_an_interval_and_says_how_many_were_left_out() -> None:
    now = 0.0
    once = OncePerInterval(30, clock=lambda: now)

    def line(node: int) -> logging.LogRecord:
        return logging.LogRecord("aiokafka.conn", logging.ERROR, "", 1, "Failed fetch from %s", (node,), None)

    passed = []
    for second in range(95):
        now = float(second)
        record = line(second)
        if once.filter(record):
            passed.append(record.getMessage())
    assert passed == [
        "Failed fetch from 0",
        *[f"Failed fetch from {s} [and 29 more like it]" for s in (30, 60, 90)],
    ]


@pytest.mark.parametrize(("replication", "in_sync"), [(1, "1"), (3, "2")])
def test_the_log_is_kept_for_ever(replication: int, in_sync: str) -> None:
    log, marks = wanted_topics(replication)
    assert (log.name, log.partitions, log.replication) == ("case-events", 12, replication)
    assert log.settings["retention.ms"] == log.settings["retention.bytes"] == "-1"
    assert log.settings["cleanup.policy"] == "delete"
    assert log.settings["min.insync.replicas"] == in_sync
    assert (marks.name, marks.partitions, marks.settings["cleanup.policy"]) == ("relay-marks", 1, "compact")


def test_no_other_number_of_copies_is_known() -> None:
    with pytest.raises(ValueError, match="or 3, not 2"):
        wanted_topics(2)
