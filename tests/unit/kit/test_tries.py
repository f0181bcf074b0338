"""What fails for a while is tried again: at once the first time, then after ever longer pauses, for ever."""

from __future__ import annotations

import asyncio

import pytest

from shared.kit.tries import Tries


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    taken: list[float] = []

    async def sleep(seconds: float) -> None:
        taken.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    return taken


async def test_given_something_that_fails_when_it_is_tried_again_then_the_pauses_double_up_to_the_longest(
    pauses: list[float],
) -> None:
    async for number in Tries(0.1, 0.5):
        if number == 6:
            break
    assert pauses == [0.1, 0.2, 0.4, 0.5, 0.5]


async def test_given_something_that_succeeds_when_it_is_tried_then_nothing_waits(pauses: list[float]) -> None:
    async for _ in Tries():
        break
    assert pauses == []


async def test_given_long_pauses_when_something_went_well_then_the_next_failure_waits_shortly_again(
    pauses: list[float],
) -> None:
    tries = Tries(0.1, 10)
    for _ in range(3):
        await tries.pause()
    tries.reset()
    await tries.pause()
    assert pauses == [0.1, 0.2, 0.4, 0.1]
