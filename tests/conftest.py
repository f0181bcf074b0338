"""Real PostgreSQL and Kafka for the tests that ask for them: started once a session, on free ports."""

import asyncio
import random
import socket
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import ExitStack
from pathlib import Path

import asyncpg
import pytest
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from hypothesis import HealthCheck, settings

from deploy.embedded.jars import cache_folder, missing
from deploy.embedded.postgres import Postgres
from deploy.embedded.supervisor import Embedded

# A slow machine is no fault of an example.
settings.register_profile("redress", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("redress")

MakeTopic = Callable[..., Awaitable[str]]


def free_ports(count: int) -> int:
    """The first of `count` loopback ports in a row that nobody listens on.

    They lie below the range that the kernel gives to outgoing connections, so none of those can
    take one while a server starts or is restarted.
    """
    while True:
        first = random.randrange(15_000, 32_000)
        with ExitStack() as held:
            try:
                for port in range(first, first + count):
                    held.enter_context(socket.socket()).bind(("127.0.0.1", port))
            except OSError:
                continue
            return first


async def until(condition: Callable[[], bool], seconds: float = 60) -> None:
    """Wait for what only looking can tell; TimeoutError if it does not come true."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.02)


class Databases:
    """The session's PostgreSQL."""

    def __init__(self, server: Postgres) -> None:
        self.server = server

    def dsn(self, database: str = "postgres", user: str = "redress") -> str:
        """A URL; `redress` is the superuser."""
        return self.server.dsn(database, user)

    async def fresh_database(self, name_prefix: str = "test") -> str:
        """Make an empty database and return its superuser URL. Names are unique, so none is dropped."""
        name = f"{name_prefix}_{uuid.uuid4().hex[:12]}"
        connection = await asyncpg.connect(self.dsn())
        try:
            await connection.execute(f'CREATE DATABASE "{name}"')
        finally:
            await connection.close()
        return self.dsn(name)


@pytest.fixture(scope="session")
async def embedded(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Embedded]:
    """PostgreSQL, one broker and the mailbox in a folder of this session."""
    if missing(cache_folder()):
        pytest.fail("Kafka's jars are not there: run make setup", pytrace=False)
    home: Path = tmp_path_factory.mktemp("embedded")
    ports = free_ports(3)
    async with Embedded(home, kafka_port=ports, smtp_port=ports + 2) as servers:
        yield servers


@pytest.fixture(scope="session")
def postgres(embedded: Embedded) -> Databases:
    """The session's PostgreSQL: `dsn(database, user)` and `await fresh_database(prefix)`."""
    return Databases(embedded.postgres)


@pytest.fixture(scope="session")
def kafka_bootstrap(embedded: Embedded) -> str:
    """Bootstrap servers of the session's broker."""
    return embedded.bootstrap


@pytest.fixture
async def topic(kafka_bootstrap: str) -> AsyncIterator[MakeTopic]:
    """`await topic("case-events", partitions=12)` makes a topic and returns its name, unique to the test."""
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka_bootstrap)
    await admin.start()
    made: list[str] = []

    async def make(prefix: str = "events", *, partitions: int = 1, **settings: str) -> str:
        name = f"{prefix}-{uuid.uuid4().hex[:12]}"
        config = {key.replace("_", "."): value for key, value in settings.items()}
        await admin.create_topics([NewTopic(name, partitions, 1, topic_configs=config)])
        made.append(name)
        return name

    yield make
    if made:
        await admin.delete_topics(made)
    await admin.close()
