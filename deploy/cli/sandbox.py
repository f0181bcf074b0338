"""The made-up council of a sandbox: filed once, behind the running system, and on from where that was stopped."""

from __future__ import annotations

import signal
import sys
from typing import Final

from rich.console import Console

from deploy.embedded.home import Home
from deploy.embedded.processes import end, spawn, tail

_SEED: Final = 1
_CASES: Final = 40


async def fill(home: Home, console: Console) -> None:
    """Has the cases filed by a process of its own, and says when they are there. Cancelling it ends that process."""
    _tell(console, f"{_CASES} made-up ones of the last weeks are being filed, which takes about a minute …")
    log = home.logs / "simulate.log"
    command = ["deploy.simulation.filling", str(home.root), str(_SEED), str(_CASES)]
    process = await spawn([sys.executable, "-m", *command], log, on_parent_death=signal.SIGKILL)
    try:
        code = await process.wait()
    finally:
        await end(process)
    if code == 0:
        _tell(console, f"all filed. {tail(log, 1)}")
    else:
        _tell(console, f"not all could be filed: see {log}", style="red")


def _tell(console: Console, what: str, style: str = "") -> None:
    console.print(f"  cases          {what}", style=style, highlight=False, soft_wrap=True)
