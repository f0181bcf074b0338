"""Starting programs so that none outlives the one that started it."""

import asyncio
import ctypes
import os
import signal
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from deploy.embedded.privileges import Privileges

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
    environment: Mapping[str, str] | None = None,
) -> asyncio.subprocess.Process:
    """Start `argv` in a session of its own, output appended to `log`; `environment` is added to ours.

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
            env=os.environ | {"LC_ALL": "C.UTF-8"} | dict(environment or {}),  # Java reads file names by it
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
    with suppress(ProcessLookupError):
        process.send_signal(number)


async def end_stranger(pid: int, folder: Path, *steps: tuple[signal.Signals, float]) -> bool:
    """End a process that is not our child, known by its id and the folder that it runs in.

    Returns whether it is gone; at once if the id belongs to another process by now.
    """
    for number, seconds in steps:
        deadline = time.monotonic() + seconds
        if not runs_in(folder, pid):
            return True
        with suppress(ProcessLookupError):
            os.kill(pid, number)
        # Only a parent is told when a process ends.
        while runs_in(folder, pid) and time.monotonic() < deadline:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    return not runs_in(folder, pid)


def runs_in(folder: Path, pid: int) -> bool:
    """Whether process `pid` is alive in `folder`; never so where there is no /proc."""
    try:
        return Path(f"/proc/{pid}/cwd").readlink() == folder
    except OSError:
        return False


def tail(log: Path, lines: int = 15) -> str:
    """The last lines of a log, for an error message."""
    if not log.exists():
        return ""
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
