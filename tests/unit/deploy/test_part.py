"""A part whose start ends half way is started anew, and its next death is noticed."""

from __future__ import annotations

import asyncio
import os
import signal
import sys

import pytest

from deploy.embedded.part import Part


class FullDisk(Part):
    """Its process runs; what comes after its first launch fails, as the writing of a pid file does."""

    def __init__(self) -> None:
        super().__init__("full-disk")
        self.launches = 0

    async def _launch(self) -> None:
        self.launches += 1
        waits = "import signal; signal.pause()"
        self.process = await asyncio.create_subprocess_exec(sys.executable, "-c", waits)
        if self.launches == 1:
            raise OSError("No space left on device")


async def test_a_start_that_fails_after_the_launch_leaves_no_process_behind() -> None:
    part = FullDisk()
    with pytest.raises(OSError, match="No space"):
        await part.start()
    assert part.process is not None
    assert (part.pid, part.process.returncode, part.serving) == (None, -signal.SIGKILL, False)


async def test_after_half_a_start_the_next_one_serves_and_its_death_is_noticed() -> None:
    part = FullDisk()
    with pytest.raises(OSError, match="No space"):
        await part.start()
    await part.start()
    assert part.serving
    watching = asyncio.create_task(part.watch())
    try:
        assert part.pid is not None
        os.kill(part.pid, signal.SIGKILL)
        async with asyncio.timeout(30):
            while part.launches < 3 or not part.serving:  # noqa: ASYNC110  only the next launch tells
                await asyncio.sleep(0.01)
    finally:
        await part.kill()
        watching.cancel()
        await asyncio.wait({watching})
