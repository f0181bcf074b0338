"""A cursor says where a page ended, whatever the place is made of."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from shared.casework.paging import cursor, place
from shared.kit.http import Problem

PLACE = (date(2026, 3, 10), UUID(int=7), "respond", 2)


def test_a_place_of_any_number_of_parts_comes_back() -> None:
    assert place(cursor(PLACE), date.fromisoformat, UUID, str, int) == PLACE
    assert place(cursor(PLACE[:2]), date.fromisoformat, UUID) == PLACE[:2]
    assert (cursor(None), place(None, str)) == (None, None)


@pytest.mark.parametrize("told", ["nonsense", "bnVsbA==", "NQ=="])
def test_what_is_no_cursor_is_refused(told: str) -> None:
    with pytest.raises(Problem, match="cursor"):
        place(told, str)


def test_a_cursor_of_another_list_is_refused() -> None:
    with pytest.raises(Problem, match="cursor"):
        place(cursor(PLACE), date.fromisoformat, UUID)
