"""An unknown reference is a 404 only for a service that has read everything; what doesn't exist for one is unknown."""

from __future__ import annotations

from datetime import datetime

import pytest

from shared.casework.finding import find_case
from shared.kit.http import Problem


class Shelf:
    """Cases that can be found; `comes`: one that is read while somebody waits."""

    def __init__(self, *found: str, comes: str | None = None, level: bool = True) -> None:
        self.found = list(found)
        self.comes = comes
        self.level = level
        self.waited = 0

    async def find(self) -> str | None:
        """The case that is there."""
        return self.found[0] if self.found else None

    async def heard(self, by: datetime) -> bool:
        """Waits."""
        assert by.tzinfo is not None
        self.waited += 1
        if self.comes is not None:
            self.found.append(self.comes)
        return self.level


async def refused(shelf: Shelf) -> Problem:
    """Why the case wasn't found."""
    with pytest.raises(Problem) as caught:
        await find_case("CR-2026-000001", shelf.find, shelf.heard)
    return caught.value


async def test_a_known_case_is_not_waited_for() -> None:
    shelf = Shelf("a case")
    assert await find_case("CR-2026-000001", shelf.find, shelf.heard) == "a case"
    assert shelf.waited == 0


async def test_a_case_recorded_a_moment_ago_is_waited_for() -> None:
    shelf = Shelf(comes="a case")
    assert await find_case("CR-2026-000001", shelf.find, shelf.heard) == "a case"


async def test_no_such_case_once_everything_recorded_before_the_question_is_read() -> None:
    shelf = Shelf()
    assert (await refused(shelf)).status == 404
    assert shelf.waited == 1


async def test_nobody_can_say_while_a_service_has_not_read_everything() -> None:
    refusal = await refused(Shelf(level=False))
    assert (refusal.status, refusal.body["code"]) == (409, "not-heard-of-yet")
    assert refusal.headers == {"Retry-After": "1"}
