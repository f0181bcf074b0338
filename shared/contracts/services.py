"""The services, once: names, ports, who publishes, who has a database. Everything that lists services reads this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Service:
    """A service as the others and the command line know it.

    Attributes:
        name: also of its database, its role, its consumer group and its package below `services`.
        port: what is added to the base of the ports (8100) for its HTTP API.
        publishes: it decides something, so it has a relay; the source of its events is `/redress/<name>`.
        database: it has one, of its own name.
    """

    name: str
    port: int
    publishes: bool = True
    database: bool = True


SERVICES: Final = (
    Service("workbench", 0, publishes=False, database=False),
    Service("intake", 1),
    Service("deadlines", 2),
    Service("ombudsman", 3),
    Service("notifications", 4),
    Service("audit", 5, publishes=False),
)
PUBLISHERS: Final = tuple(each.name for each in SERVICES if each.publishes)
"""The services whose events stand on the log."""
WITH_DATABASE: Final = tuple(each.name for each in SERVICES if each.database)
