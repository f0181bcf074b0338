"""Runs a service from its definition: the parts, put together in one place and in one way."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from shared.kit.blobs import BlobStore
from shared.kit.due import Poller
from shared.kit.eventstore import Announcer, PostgresEventStore
from shared.kit.http import create_app
from shared.kit.keyring import MasterKey, PostgresKeyring, Sealer
from shared.kit.log import MarksReader, Relay, Subscriber
from shared.kit.runtime import health, repairs
from shared.kit.runtime.databases import STORE_PACKAGES
from shared.kit.runtime.definition import Background, Landscape, Parts, S, ServiceDefinition
from shared.kit.runtime.logs import configure_logs
from shared.kit.runtime.rebuilding import rebuild
from shared.kit.runtime.serving import serve
from shared.kit.runtime.starting import close, pool_when_ready
from shared.kit.runtime.vitals import Vitals


def main(definition: ServiceDefinition[Any], landscape: Landscape) -> None:
    """`python -m services.<name>.main`: serves; with arguments, does the task that they name."""
    settings = definition.settings()
    configure_logs(definition.name, settings.log_level)
    match sys.argv[1:]:
        case []:
            asyncio.run(_serve(definition, landscape, settings))
        case ["rebuild", *views]:
            sys.exit(asyncio.run(rebuild(definition, landscape, settings, views)))
        case [task, *arguments] if task in definition.tasks:
            sys.exit(asyncio.run(definition.tasks[task](settings, arguments)))
        case [task, *_]:
            known = ", ".join(["rebuild", *definition.tasks])
            sys.exit(f"{definition.name} has no task {task!r}; there are {known}")


async def _serve(definition: ServiceDefinition[S], landscape: Landscape, settings: S) -> None:
    async with opened(definition, landscape, settings) as (parts, background):
        vitals = Vitals(_rounds(parts))
        figures = health.Figures(parts, definition.name, definition.figures)
        app = create_app(
            definition.name,
            token_key=settings.token_public_key_file.read_text("ascii"),
            persons=(definition.persons or landscape.persons)(parts),
            routers=[*definition.routers(parts), repairs.router(parts)],
            checks=[*health.checks(parts), *vitals.checks()],
            status=figures.tell,
            registry=figures.registry,
            events=landscape.events,
        )
        await serve(app, settings.host, settings.port, [*background, figures.run], vitals)


def _rounds(parts: Parts[Any]) -> dict[str, Callable[[], float]]:
    rounds = {"reading": lambda: parts.subscriber.turned_at}
    if (relay := parts.relay) is not None:
        rounds["publishing"] = lambda: relay.status.turned_at
    if (poller := parts.poller) is not None:
        rounds["due work"] = lambda: poller.turned_at
    return rounds


@asynccontextmanager
async def opened(
    definition: ServiceDefinition[S], landscape: Landscape, settings: S
) -> AsyncIterator[tuple[Parts[S], list[Background]]]:
    """The parts of a service and what has to run for them; everything is closed at the end."""
    name = definition.name
    async with AsyncExitStack() as stack:
        pool, keys = await asyncio.gather(
            pool_when_ready(settings.database_url, (*STORE_PACKAGES, f"services.{name}"), name),
            pool_when_ready(settings.keyring_url, (), f"{name} keyring", max_size=4),
        )
        stack.push_async_callback(close, keys)
        stack.push_async_callback(close, pool)
        master = MasterKey.from_setting(settings.master_key.get_secret_value())
        keyring = PostgresKeyring(keys, master)
        blobs = BlobStore.open(settings.blobs)
        sealer = Sealer(keyring, blobs)
        announcers = [Announcer(settings.database_url)] if definition.publishes else []
        store = PostgresEventStore(
            pool, f"/redress/{name}", sealer, announce=announcers[0].announce if announcers else None
        )
        subscriber = Subscriber(
            pool,
            settings.kafka,
            name,
            (*definition.views(settings), *landscape.views(keyring)),
            definition.reactors(settings),
            ordinal=settings.instance,
            due=lambda: parts.poller.poke() if parts.poller else None,
        )
        marks = MarksReader(settings.kafka, landscape.publishers)
        parts = Parts(settings, pool, store, master, keyring, blobs, sealer, subscriber, marks)
        background: list[Background] = [subscriber.run, marks.run, *(each.run for each in announcers)]
        if definition.publishes:
            parts.relay = Relay(settings.database_url, store, settings.kafka, name)
            background.append(parts.relay.run)
        if definition.due_handler is not None:
            parts.poller = _poller(definition, parts)
            background.append(parts.poller.run)
        yield parts, [*background, *definition.background(parts)]


def _poller(definition: ServiceDefinition[S], parts: Parts[S]) -> Poller:
    assert definition.due_handler is not None
    how: dict[str, Any] = {"waiting_keys": lambda: repairs.waiting_keys(parts)}
    if definition.gate is not None:
        how["may_run"] = definition.gate(parts)
    return Poller(parts.pool, f"service:{definition.name}", definition.due_handler(parts), **how)
