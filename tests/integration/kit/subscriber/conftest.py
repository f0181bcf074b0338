"""A service's database for each test, the log, and a producer that writes to it as relays do."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from shared.kit.eventstore import Pool, connect_pool
from tests.conftest import Databases, MakeTopic
from tests.integration.kit.subscriber.log import PARTITIONS, Log
from tests.kit.databases import service_database


@pytest.fixture
async def dsn(postgres: Databases) -> str:
    """A database of this test's own."""
    return await service_database(postgres)


@pytest.fixture
async def pool(dsn: str) -> AsyncIterator[Pool]:
    """The service's connections."""
    pool = await connect_pool(dsn, max_size=12)
    yield pool
    await pool.close()


@pytest.fixture
async def log(topic: MakeTopic, kafka_bootstrap: str) -> AsyncIterator[Log]:
    """A log with four partitions."""
    name = await topic("case-events", partitions=PARTITIONS)
    async with Log(kafka_bootstrap, name) as log:
        yield log
