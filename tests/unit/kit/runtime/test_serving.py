"""A process that has lost one of its tasks ends, and so does one whose task won't end."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from pathlib import Path

import pytest

from tests.conftest import free_ports

_PROGRAM = """
import asyncio
from fastapi import FastAPI
from shared.kit.runtime.serving import serve

async def works():
    await asyncio.Event().wait()

async def fails():
    raise RuntimeError("this one is gone")

async def ends():
    return

async def goes_on():
    while True:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            print("swallowed", flush=True)

asyncio.run(serve(FastAPI(), "127.0.0.1", {port}, [{tasks}]))
"""


async def _exit(tasks: str, *, terminate: bool = False) -> tuple[int, str]:
    port = free_ports(1)
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        _PROGRAM.format(port=port, tasks=tasks),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        cwd=Path(__file__).parents[4],
    )
    async with asyncio.timeout(60):
        if terminate:
            await _answers(port)
            process.terminate()
        said, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, said.decode()


async def _answers(port: int) -> None:
    while True:
        with contextlib.suppress(OSError):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.close()
            return
        await asyncio.sleep(0.05)


async def test_a_process_that_is_told_to_stop_ends_well() -> None:
    code, said = await _exit("works", terminate=True)
    assert (code, "stopped" in said) == (0, True), said


@pytest.mark.parametrize(("lost", "words"), [("fails", "this one is gone"), ("ends", "ends ended by itself")])
async def test_a_process_that_has_lost_a_task_ends(lost: str, words: str) -> None:
    code, said = await _exit(f"works, {lost}")
    assert (code, words in said) == (1, True), said


async def test_a_task_that_swallows_its_cancellation_does_not_keep_the_process() -> None:
    code, said = await _exit("goes_on, fails")
    assert code == 1
    assert "tasks did not end: the process leaves" in said
