"""What a decision about a message is given besides command and state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Given:
    """The circumstances of a decision.

    Attributes:
        principal: who asks.
        now: this moment.
        waits: how long to wait after the first, second ... refusal for now; after the last a person has to act.
    """

    principal: str
    now: datetime
    waits: tuple[timedelta, ...] = ()
