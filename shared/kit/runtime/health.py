"""What a service says of itself: ready or not and why; how far it has read and published."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import Any, Final

import asyncpg
import structlog
from prometheus_client import CollectorRegistry, Gauge

from shared.kit.due import due_counts
from shared.kit.eventstore import LOST
from shared.kit.http import Check
from shared.kit.log import KafkaError, topic_differences, wanted_topics
from shared.kit.runtime.definition import Figure, Parts
from shared.kit.runtime.settings import Settings

_TOPICS_SEEN_FOR: Final = 30.0
_METRICS_EVERY: Final = 5.0
_GAUGES: Final = {
    "lag_events": "Events on the log that the views haven't folded.",
    "lag_seconds": "Age of the oldest partition's picture.",
    "held": "Events that wait for an earlier one of their stream.",
    "parked_cases": "Cases that wait for a repair.",
    "due_late": "Due work more than a minute late.",
    "relay_age_seconds": "How long ago everything recorded was on the log.",
}
_log = structlog.get_logger(__name__)


def checks(parts: Parts[Any]) -> list[Check]:
    return [
        Check("postgres", lambda: _postgres(parts)),
        Check("topics", _topics(parts.settings)),
        Check("subscriber", lambda: _subscriber(parts)),
        Check("relay", lambda: _relay(parts)),
    ]


async def _postgres(parts: Parts[Any]) -> str:
    try:
        await parts.pool.fetchval("SELECT 1", timeout=2)
    except (*LOST, asyncpg.PostgresError) as error:  # TimeoutError is an OSError
        return f"{type(error).__name__}: {error}"
    return ""


def _topics(settings: Settings) -> Callable[[], Awaitable[str]]:
    wanted = wanted_topics(settings.replication)
    seen_well = 0.0

    async def check() -> str:
        nonlocal seen_well
        if time.monotonic() < seen_well + _TOPICS_SEEN_FOR:
            return ""
        try:
            differing = await topic_differences(settings.kafka, wanted)
        except (KafkaError, OSError) as error:
            return f"Kafka can't be asked: {error!r}"
        if not differing:
            seen_well = time.monotonic()
        return "; ".join(differing)

    return check


async def _subscriber(parts: Parts[Any]) -> str:
    status = await parts.subscriber.status()
    if status.error:
        return status.error
    stopped = [each.stopped for each in status.partitions.values() if each.stopped]
    if stopped:
        return "; ".join(stopped)
    return "" if status.partitions else "no partitions yet"


async def _relay(parts: Parts[Any]) -> str:
    return parts.relay.status.error or "" if parts.relay else ""


class Figures:
    """What `/status`, the workbench and `/metrics` say of a service. `own`: the counts of the service alone."""

    def __init__(self, parts: Parts[Any], service: str, own: Sequence[Figure[Any]]) -> None:
        self._parts = parts
        self._service = service
        self._own = own
        self.registry = CollectorRegistry()
        self._gauges = {
            name: Gauge(f"redress_{name}", what, ["service"], registry=self.registry)
            for name, what in {**_GAUGES, **{each.name: each.what for each in own}}.items()
        }

    async def tell(self) -> dict[str, object]:
        """Seconds are seconds, the rest are counts; what Prometheus is told is the same from now on."""
        found = await self._count()
        for name, gauge in self._gauges.items():
            value = found[name]
            if isinstance(value, int | float):
                gauge.labels(self._service).set(value)
        return found

    async def run(self) -> None:
        """Keeps what `/metrics` prints a few seconds old at most."""
        while True:
            try:
                await self.tell()
            except (*LOST, asyncpg.PostgresError) as error:
                _log.warning("no figures", error=repr(error))
            await asyncio.sleep(_METRICS_EVERY)

    async def _count(self) -> dict[str, object]:
        parts, now = self._parts, datetime.now(UTC)
        status = await parts.subscriber.status()
        due = await due_counts(parts.pool)
        relayed = parts.relay.status if parts.relay else None
        marked_at = relayed.marked_at if relayed else None
        return {
            "caught_up": status.caught_up,
            "lag_events": status.lag,
            "lag_seconds": round(status.lag_seconds, 3),
            "applied": status.applied,
            "repeats": status.repeats,
            "held": status.held,
            "unknown_types": dict(status.unknown),
            "parked_cases": (status.parked or 0) + due.parked,
            "due_waiting": due.waiting,
            "due_ripe": due.ripe,
            "due_late": due.late,
            "published": relayed.published if relayed else None,
            "relay_age_seconds": (now - marked_at).total_seconds() if marked_at else None,
            "marks": {
                name: max(0.0, (now - mark.at).total_seconds())
                for name, mark in sorted(parts.marks.marks.items())
            },
            **{each.name: await each.ask(parts) for each in self._own},
        }
