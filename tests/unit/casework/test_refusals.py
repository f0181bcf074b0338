"""Who is refused a case that exists is written down, beside the answer; a case that there is not leaves no trace."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from uuid import UUID

import pytest

from shared.casework import cases
from shared.casework.cases import Cases, command_marks
from shared.kit.http import Principal, Problem
from shared.kit.keyring import MasterKey

CASE = UUID(int=7)
HIDDEN, OPEN, MISSING = "CR-2026-000001", "CR-2026-000002", "CR-2026-000009"
SOMEBODY = Principal("person:somebody")


@dataclass(frozen=True)
class Known:
    """A case."""

    reference: str
    restricted: bool
    case_id: UUID = CASE


@dataclass
class Access:
    """Writes down what it is told once it may."""

    may_write: asyncio.Event = field(default_factory=asyncio.Event)
    noted: list[tuple[str, UUID, str | None, str, bool]] = field(default_factory=list)

    async def record_access(
        self, principal: str, key: UUID, reference: str | None, what: str, *, refused: bool = False
    ) -> None:
        """A look or a refusal."""
        await self.may_write.wait()
        self.noted.append((principal, key, reference, what, refused))


@pytest.fixture
def access() -> Access:
    """A log that can't be written to yet."""
    return Access()


@pytest.fixture
def door(access: Access) -> Cases[Known]:
    """The cases of a service that opens them."""
    shelf = {HIDDEN: Known(HIDDEN, restricted=True), OPEN: Known(OPEN, restricted=False)}

    async def look_up(reference: str) -> Known | None:
        return shelf.get(reference)

    return Cases(access, look_up, command_marks(MasterKey.from_setting(MasterKey.generate())))


async def _written(access: Access) -> list[tuple[str, UUID, str | None, str, bool]]:
    access.may_write.set()
    await asyncio.gather(*cases._notes)
    return access.noted


async def test_a_refusal_is_written_down_and_keeps_nobody_waiting(access: Access, door: Cases[Known]) -> None:
    with pytest.raises(Problem) as refused:
        await door.find(HIDDEN, SOMEBODY, "timeline")
    assert (refused.value.status, access.noted) == (404, [])
    assert await _written(access) == [("person:somebody", CASE, HIDDEN, "timeline", True)]


async def test_a_refused_command_is_written_down_as_one(access: Access, door: Cases[Known]) -> None:
    with pytest.raises(Problem):
        await door.find(HIDDEN, SOMEBODY)
    assert await _written(access) == [("person:somebody", CASE, HIDDEN, "commands", True)]


async def test_a_case_that_there_is_not_leaves_no_trace(access: Access, door: Cases[Known]) -> None:
    with pytest.raises(Problem):
        await door.find(MISSING, SOMEBODY, "timeline")
    assert await _written(access) == []


async def test_a_look_is_written_down_before_anything_is_shown(access: Access, door: Cases[Known]) -> None:
    looking = asyncio.ensure_future(door.find(OPEN, SOMEBODY, "timeline"))
    for _ in range(10):
        await asyncio.sleep(0)
    assert not looking.done()
    access.may_write.set()
    assert (await looking).reference == OPEN
    assert access.noted == [("person:somebody", CASE, OPEN, "timeline", False)]
