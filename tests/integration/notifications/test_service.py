"""The service as it runs: its process, Kafka, PostgreSQL, a mailbox, and the relays of the others beside it."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx

from deploy.embedded.processes import end, spawn, tail
from deploy.embedded.supervisor import Embedded
from shared.contracts.services import PUBLISHERS
from shared.contracts.staff import RoleGiven, StaffRegistered
from shared.kit.blobs import BlobStore
from shared.kit.events import Event, Plain
from shared.kit.eventstore import Cause, NewEvent, PostgresEventStore, StreamWrite, connect_pool
from shared.kit.http import create_key_pair, person_token
from shared.kit.keyring import MasterKey, PostgresKeyring, Sealer
from shared.kit.log import Relay, create_topics, wanted_topics
from tests.conftest import Databases, free_ports
from tests.integration.notifications.matters import SOMEBODY, Department, Matter
from tests.kit.databases import Places, make_places, service_database
from tests.kit.day import today
from tests.kit.running import running

ROOT = Path(__file__).parents[3]


@dataclass
class Speaker:
    """What the others record: `hear` appends it to the store that a relay publishes from."""

    store: PostgresEventStore
    versions: dict[str, int] = field(default_factory=dict)

    async def hear(self, stream: str, key: UUID, event: Event, by: UUID = SOMEBODY) -> UUID:
        """The stream's next event, caused by that person."""
        version = self.versions.get(stream, 0)
        cause = Cause(f"person:{by}", uuid4(), None)
        write = StreamWrite(stream, key, version, (NewEvent(event, datetime.now(UTC)),))
        [recorded] = await self.store.append([write], cause)
        self.versions[stream] = version + 1
        return recorded.envelope.event_id


@asynccontextmanager
async def others(embedded: Embedded, places: Places) -> AsyncIterator[Speaker]:
    """The relays of the other services; what is said goes through the first."""
    async with AsyncExitStack() as stack:
        keys = await connect_pool(places.keyring)
        stack.push_async_callback(keys.close)
        keyring = PostgresKeyring(keys, MasterKey.from_setting(places.master))
        sealer = Sealer(keyring, BlobStore.open(places.blobs))
        stores, relays = [], []
        for service in PUBLISHERS:
            if service == "notifications":
                continue
            dsn = await service_database(Databases(embedded.postgres))
            pool = await connect_pool(dsn)
            stack.push_async_callback(pool.close)
            stores.append(PostgresEventStore(pool, f"/redress/{service}", sealer))
            relays.append(Relay(dsn, stores[-1], embedded.bootstrap, service).run())
        await stack.enter_async_context(running(*relays))
        yield Speaker(stores[0])


@asynccontextmanager
async def service(environment: Mapping[str, str], log: Path) -> AsyncIterator[None]:
    """The process, until the end of the block."""
    process = await spawn(
        [sys.executable, "-m", "services.notifications.main"],
        log,
        on_parent_death=signal.SIGKILL,
        folder=ROOT,
        environment=environment,
    )
    try:
        yield
        assert process.returncode is None, tail(log)
    finally:
        await end(process, (signal.SIGTERM, 15))


async def answered(
    client: httpx.AsyncClient, path: str, holds: Callable[[Any], bool], log: Path
) -> dict[str, Any]:
    """The answer at that address, as soon as it is so."""
    last = "nothing answered"
    try:
        async with asyncio.timeout(60):
            while True:
                try:
                    answer = await client.get(path)
                except httpx.TransportError as error:
                    last = repr(error)
                else:
                    last = answer.text
                    if answer.status_code == httpx.codes.OK and holds(answer.json()):
                        found: dict[str, Any] = answer.json()
                        return found
                await asyncio.sleep(0.1)
    except TimeoutError:
        raise AssertionError(f"{path}: {last}\n{tail(log)}") from None


async def test_the_process_sends_what_the_others_ask_for(tmp_path: Path) -> None:
    ports = free_ports(4)
    async with Embedded(tmp_path / "home", kafka_port=ports, smtp_port=ports + 2) as embedded:
        await create_topics(embedded.bootstrap, wanted_topics(1))
        places = await make_places(Databases(embedded.postgres), tmp_path / "blobs")
        create_key_pair(tmp_path / "private.pem", tmp_path / "public.pem")
        environment = {
            "REDRESS_DATABASE_URL": places.service,
            "REDRESS_KEYRING_URL": places.keyring,
            "REDRESS_KAFKA": embedded.bootstrap,
            "REDRESS_PORT": str(ports + 3),
            "REDRESS_BLOBS": str(places.blobs),
            "REDRESS_MASTER_KEY": places.master,
            "REDRESS_TOKEN_PUBLIC_KEY_FILE": str(tmp_path / "public.pem"),
            "REDRESS_OFFICE_HOURS": "all",
            "REDRESS_SMTP_PORT": str(ports + 2),
            "REDRESS_SMTP_STARTTLS": "false",
        }
        pat = uuid4()
        token = person_token((tmp_path / "private.pem").read_bytes(), pat)
        log = tmp_path / "service.log"
        async with (
            others(embedded, places) as speaker,
            service(environment, log),
            httpx.AsyncClient(
                base_url=f"http://127.0.0.1:{ports + 3}", headers={"Authorization": f"Bearer {token}"}
            ) as client,
        ):
            for event in (
                StaffRegistered(person_id=pat, name=Plain("Pat", pat)),
                RoleGiven(person_id=pat, role="officer", from_on=today()),
            ):
                await speaker.hear(f"person-{pat}", pat, event)
            await answered(client, "/health/ready", lambda found: found["status"] == "ready", log)
            matter = await Matter(speaker, await Department(speaker).register()).open()
            await matter.start()
            await matter.remind()
            await answered(client, "/outbox?state=sent", lambda found: len(found["notifications"]) == 1, log)
            await _morning_comes(places)
            await answered(client, "/outbox?state=sent", lambda found: len(found["notifications"]) == 2, log)
            [digest] = [text for text in _letters(embedded) if "Your cases on" in text]
            assert f"- {matter.reference}: " in digest
            await matter.answer()
            shown = await answered(
                client,
                f"/cases/{matter.reference}/notifications",
                lambda found: [row["state"] for row in found["notifications"]] == ["sent", "sent"],
                log,
            )
        assert [row["address"] for row in shown["notifications"]] == [
            "olu@anytown.example",
            "ana@example.com",
        ]
        assert len(_letters(embedded)) == 3


async def _morning_comes(places: Places) -> None:
    """The next working day's morning, which an assignment made due, begins now."""
    pool = await connect_pool(places.service)
    try:
        done = await pool.execute(
            "UPDATE due_work SET due_at = now(), claim_at = now() WHERE command = 'start-digests'"
        )
        assert done == "UPDATE 1"
    finally:
        await pool.close()


def _letters(embedded: Embedded) -> list[str]:
    return [path.read_text("utf-8") for path in embedded.home.mail.glob("*.eml")]
