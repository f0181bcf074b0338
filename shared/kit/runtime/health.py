"""What a service says of itself: ready or not and why; how far it has read and published."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import Any, Final

import asyncpg
from prometheus_client import CollectorRegistry, Gauge

from shared.kit.due import due_counts
from shared.kit.eventstore import LOST
from shared.kit.http import Check
from shared.kit.log import KafkaError, topic_differences, wanted_topics
from shared.kit.runtime.definition import Figure, Parts
from shared.kit.runtime.settings import Settings

_TOPICS_SEEN_FOR: Final = 30.0


def checks(parts: Parts[Any]) -> list[Check]:
    """What must hold before the service is ready."""
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


async def figures(parts: Parts[Any], own: Sequence[Figure[Any]] = ()) -> dict[str, object]:
    """For `/status` and the workbench: seconds are seconds, the rest are counts. `own`: those of the service alone."""
    status = await parts.subscriber.status()
    now = datetime.now(UTC)
    due = await due_counts(parts.pool)
    relayed = parts.relay.status if parts.relay else None
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
        "relay_age_seconds": (now - relayed.marked_at).total_seconds()
        if relayed and relayed.marked_at
        else None,
        "marks": {
            name: max(0.0, (now - mark.at).total_seconds())
            for name, mark in sorted(parts.marks.marks.items())
        },
        **{each.name: await each.ask(parts) for each in own},
    }


def metrics(
    service: str, own: Sequence[Figure[Any]] = ()
) -> tuple[CollectorRegistry, Callable[[dict[str, object]], None]]:
    """A registry with the same figures for Prometheus, and what sets them."""
    registry = CollectorRegistry()
    gauges = {
        name: Gauge(f"redress_{name}", what, ["service"], registry=registry)
        for name, what in {
            "lag_events": "Events on the log that the views haven't folded.",
            "lag_seconds": "Age of the oldest partition's picture.",
            "held": "Events that wait for an earlier one of their stream.",
            "parked_cases": "Cases that wait for a repair.",
            "due_late": "Due work more than a minute late.",
            "relay_age_seconds": "How long ago everything recorded was on the log.",
            **{each.name: each.what for each in own},
        }.items()
    }

    def update(found: dict[str, object]) -> None:
        for name, gauge in gauges.items():
            value = found.get(name)
            if isinstance(value, int | float):
                gauge.labels(service).set(value)

    return registry, update
