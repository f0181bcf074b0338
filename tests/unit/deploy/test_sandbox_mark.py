"""A sandbox is filled once: into an empty folder, and on from where that was stopped."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from deploy.sandbox import mark

NOW = datetime(2026, 11, 30, 9, 10, 11, tzinfo=UTC)
LATER = NOW + timedelta(days=1)


@pytest.mark.parametrize("place", ["", "new"])
def test_given_a_folder_that_is_empty_or_not_there_then_it_is_filled_with_the_cases_of_that_moment(
    tmp_path: Path, place: str
) -> None:
    assert mark.to_be_filled(tmp_path / place, NOW)
    assert mark.began_at(tmp_path / place) == NOW


def test_given_a_filling_that_was_stopped_then_it_goes_on_with_the_same_cases(tmp_path: Path) -> None:
    assert mark.to_be_filled(tmp_path, NOW)
    (tmp_path / "postgres").mkdir()
    assert mark.to_be_filled(tmp_path, LATER)
    assert mark.began_at(tmp_path) == NOW


def test_given_a_folder_that_is_filled_or_holds_anything_else_then_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    assert not mark.to_be_filled(tmp_path, NOW)
    mark.begin(tmp_path, NOW)
    mark.end(tmp_path)
    assert not mark.to_be_filled(tmp_path, LATER)
    mark.end(tmp_path)
