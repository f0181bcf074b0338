"""`redress simulate --out`: the same bytes from the same seed, in the order of recording, every text in clear."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from deploy.simulation import log
from deploy.simulation.lives import lives, opened, to_be_filed
from shared.contracts.public import public
from shared.kit.events import SealedValue
from shared.rules.calendar import start_of

SEED, CASES = 5, 25


def simulated(to: Path, hash_seed: str) -> bytes:
    """What a process of its own writes."""
    command = [
        sys.executable,
        "-m",
        "deploy.cli.main",
        "simulate",
        f"--seed={SEED}",
        f"--cases={CASES}",
        f"--out={to}",
    ]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": hash_seed})
    return to.read_bytes()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The log of one process."""
    return simulated(tmp_path_factory.mktemp("log") / "events.jsonl", "1")


@pytest.fixture(scope="module")
def events(written: bytes) -> list[dict[str, Any]]:
    """Its events."""
    return [json.loads(line) for line in written.splitlines()]


def test_the_same_seed_gives_the_same_bytes_in_another_process(written: bytes, tmp_path: Path) -> None:
    assert simulated(tmp_path / "again.jsonl", "2") == written


def test_another_seed_gives_other_lives() -> None:
    setting, _ = opened()
    one, other = ([life.case for life in lives(seed, 5, setting)] for seed in (1, 2))
    assert one != other


def test_the_events_stand_in_the_order_of_recording_and_of_each_stream(events: list[dict[str, Any]]) -> None:
    times = [event["recordedtime"] for event in events]
    assert times == sorted(times)
    last: dict[str, int] = {}
    for event in events:
        assert int(event["sequence"]) == last.get(event["stream"], 0) + 1
        last[event["stream"]] = int(event["sequence"])


def test_the_lines_are_the_events_of_the_contracts_and_nothing_in_them_is_sealed(
    events: list[dict[str, Any]],
) -> None:
    sealed = set(SealedValue.model_fields) - {"blob"}
    for event in events:
        model = public()[event["type"]]
        assert set(event["data"]) <= set(model.model_fields)
        assert not any(isinstance(value, dict) and sealed <= set(value) for value in event["data"].values())
    (opened_first, *_) = [event["data"] for event in events if event["type"].endswith("case-opened.v1")]
    assert isinstance(opened_first["text"], str)


def test_a_log_longer_than_memory_is_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    setting, council = opened()
    recorded = [*council, *(each for life in lives(SEED, 8, setting) for each in life.recorded)]
    whole, in_runs = io.StringIO(), io.StringIO()
    log.write(recorded, whole)
    monkeypatch.setattr(log, "_IN_MEMORY", 50)
    log.write(recorded, in_runs)
    assert in_runs.getvalue() == whole.getvalue()


def test_historic_lives_arm_nothing_send_nothing_and_are_filed_with_their_days() -> None:
    now = start_of(opened()[0].often.until)
    names = set()
    for life in lives(SEED, 150, to_be_filed(now)):
        names |= {each.envelope.wire_name for each in life.recorded}
        assert all(each.envelope.recorded_at >= now for each in life.recorded)
        assert all(each.envelope.happened_at <= each.envelope.recorded_at for each in life.recorded)
    never = ("reminder-due", "missed", "sent", "attempt-began")
    assert [name for name in names if name.split(".")[2] in never] == []
