"""Processor time, of processes and of the machine: a number that hardly changes when others work on it, too."""

from __future__ import annotations

import os
import resource
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_TICKS: Final = os.sysconf("SC_CLK_TCK")
_IDLE: Final = (3, 4)
"""Where `/proc/stat` has idle time and waiting for disks."""


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds since some moment: that passed on all processors, that these worked, and that we worked of those."""

    passed: float
    worked: float
    ours: float

    @staticmethod
    def now() -> Times:
        """Ours are this process's, and those of what it has started that has ended."""
        with Path("/proc/stat").open() as file:
            columns = [int(number) / _TICKS for number in file.readline().split()[1:9]]
        idle = sum(columns[place] for place in _IDLE)
        usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        ours = sum(usage.ru_utime + usage.ru_stime for usage in usages)
        return Times(sum(columns), sum(columns) - idle, ours)

    def others_since(self, before: Times) -> float | None:
        """The share of the processors that others had; None when hardly any time has passed."""
        passed = self.passed - before.passed
        others = self.worked - before.worked - (self.ours - before.ours)
        return max(0.0, others / passed) if passed >= 1 else None


def spent(process: int) -> float:
    """Seconds that a process has worked."""
    return sum(_times(process)[:2])


def spent_by_all(process: int) -> float:
    """Seconds that a process, everything that it started and everything that those started have worked."""
    total = sum(_times(process))
    for task in Path(f"/proc/{process}/task").iterdir():
        total += sum(spent_by_all(int(child)) for child in (task / "children").read_text().split())
    return total


def _times(process: int) -> list[float]:
    """User and system time, its own and that of its children that have ended."""
    after_name = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return [int(number) / _TICKS for number in after_name[11:15]]
