"""The pictures of the documentation show what the code does now: `make contracts` draws them anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contract.pictures import PICTURES
from tests.contract.pictures.way import way


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.name)
def test_a_picture_is_what_is_drawn_now(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == PICTURES[path]()


def test_a_contact_crosses_the_log_five_times_and_four_due_rows_lie_on_its_way_as_the_page_says() -> None:
    steps = way()
    assert sum(step.crosses for step in steps) == 5
    assert [step.what for step in steps if step.kind == "due"] == ["hear", "remind", "write-letter", "send"]
