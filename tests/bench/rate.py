"""Events a second, by the clock and by the processor time of this process."""

from __future__ import annotations

import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Rate:
    """Events a second."""

    clock: float
    cpu: float


@dataclass(frozen=True)
class Instant:
    """How many events were done, and when by both clocks."""

    events: int
    clock: float
    cpu: float

    @staticmethod
    def now(events: int) -> Instant:
        """Now."""
        return Instant(events, time.perf_counter(), time.process_time())

    def since(self, begin: Instant) -> Rate:
        """The rate between two."""
        events = self.events - begin.events
        return Rate(events / (self.clock - begin.clock), events / (self.cpu - begin.cpu))
