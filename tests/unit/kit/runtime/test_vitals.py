"""Readiness knows that every task lives and goes round: answering HTTP is no proof of either."""

from __future__ import annotations

import asyncio
import time

from shared.kit.runtime.vitals import Vitals


async def _reasons(vitals: Vitals) -> list[str]:
    return [reason for check in vitals.checks() if (reason := await check.reason())]


async def test_a_service_whose_tasks_live_and_go_round_is_ready() -> None:
    async def works() -> None:
        await asyncio.Event().wait()

    vitals = Vitals({"reading": time.monotonic})
    (task,) = vitals.start(works)
    await asyncio.sleep(0)
    assert await _reasons(vitals) == []
    task.cancel()


async def test_a_service_that_has_lost_a_task_is_not_ready() -> None:
    async def publishing() -> None:
        return

    vitals = Vitals({})
    tasks = vitals.start(publishing)
    await asyncio.wait(tasks)
    (reason,) = await _reasons(vitals)
    assert "publishing has ended" in reason


async def test_a_service_whose_work_stands_still_is_not_ready() -> None:
    vitals = Vitals({"reading": time.monotonic, "due work": lambda: time.monotonic() - 31})
    assert await _reasons(vitals) == ["due work has stood still for 31 s"]
