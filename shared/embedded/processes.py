"""Starting programs so that none outlives the one that started it."""

import asyncio
import ctypes
import os
import signal
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from shared.embedded.privileges import Privileges

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True)  # loaded before any fork: a child may not take the loader's lock


def die_with_parent(number: signal.Signals, parent: int) -> None:
    """Ask the kernel to send this process `number` when `parent` is gone, however it went (Linux)."""
    if sys.platform != "linux":
        return
    _LIBC.prctl(_PR_SET_PDEATHSIG, int(number))
    if os.getppid() != parent:  # it died before the call
        os.kill(os.getpid(), signal.SIGKILL)


async def spawn(
    argv: Sequence[str | Path],
    log: Path,
    *,
    on_parent_death: signal.Signals,
    privileges: Privileges | None = None,
    folder: Path = Path("/"),
) -> asyncio.subprocess.Process:
    """Start `argv` in a session of its own, output appended to `log`.

    Linux sends the death signal when the *thread* that forked ends, so only the main thread may.
    """
    if threading.current_thread() is not threading.main_thread():
        raise RuntimeError("the embedded servers must be started from the main thread")
    privileges = privileges or Privileges()
    parent = os.getpid()
    with log.open("ab") as output:
        return await asyncio.create_subprocess_exec(
            *privileges.prefix,
            *argv,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd=folder,
            start_new_session=True,  # Ctrl-C in a terminal reaches the supervisor only
            preexec_fn=lambda: die_with_parent(on_parent_death, parent),
            **privileges.identity,
        )


async def end(process: asyncio.subprocess.Process, *steps: tuple[signal.Signals, float]) -> None:
    """Send the signals of `steps` in turn, giving each its seconds, and at last SIGKILL; return when it is gone."""
    for number, seconds in steps:
        if process.returncode is not None:
            return
        _signal(process, number)
        try:
            await asyncio.wait_for(process.wait(), seconds)
        except TimeoutError:
            continue
    if process.returncode is None:
        _signal(process, signal.SIGKILL)
        await process.wait()


def _signal(process: asyncio.subprocess.Process, number: signal.Signals) -> None:
    try:
        process.send_signal(number)
    except ProcessLookupError:
        return


async def end_stranger(pid: int, *steps: tuple[signal.Signals, float]) -> bool:
    """The same for a process that is not our child, without SIGKILL; whether it is gone at the end."""
    for number, seconds in steps:
        deadline = time.monotonic() + seconds
        try:
            os.kill(pid, number)
            while time.monotonic() < deadline:
                os.kill(pid, 0)
                await asyncio.sleep(0.02)
        except ProcessLookupError:
            return True
    return False


def working_folder(pid: int) -> Path | None:
    """The folder that a process runs in, or None where it is gone or not ours to look at."""
    try:
        return Path(f"/proc/{pid}/cwd").readlink()
    except OSError:
        return None


def tail(log: Path, lines: int = 15) -> str:
    """The last lines of a log, for an error message."""
    if not log.exists():
        return ""
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
