"""aiokafka writes a line for every failed fetch and heartbeat while a broker is away: this lets one through."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(slots=True)
class _Heard:
    at: float
    swallowed: int = 0


class OncePerInterval(logging.Filter):
    """Lets each kind of message (logger, level and unformatted text) through once per `seconds`.

    The next line of the kind that gets through says how many were left out.
    """

    def __init__(self, seconds: float = 30.0, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._seconds = seconds
        self._clock = clock
        self._heard: dict[tuple[str, int, str], _Heard] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether this line may be written."""
        kind = (record.name, record.levelno, str(record.msg))
        now = self._clock()
        heard = self._heard.get(kind)
        if heard is not None and now - heard.at < self._seconds:
            heard.swallowed += 1
            return False
        if heard is not None and heard.swallowed:
            record.msg = f"{record.msg} [and {heard.swallowed} more like it]"
        self._heard[kind] = _Heard(now)
        return True


def quieten_aiokafka() -> None:
    """Puts one such filter on every logger of aiokafka; a second call changes nothing.

    A filter on a parent logger doesn't see its children's records, so each gets it.
    """
    for name in sorted(logging.root.manager.loggerDict):
        if name != "aiokafka" and not name.startswith("aiokafka."):
            continue
        logger = logging.getLogger(name)
        if not any(isinstance(known, OncePerInterval) for known in logger.filters):
            logger.addFilter(_shared)


_shared = OncePerInterval()
