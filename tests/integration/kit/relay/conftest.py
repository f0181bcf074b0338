"""A service's database for each test, and the two topics."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from shared.kit.eventstore import Pool, connect_pool
from tests.conftest import Databases, MakeTopic
from tests.kit.databases import service_database
from tests.kit.notes import Writer


@dataclass(frozen=True)
class Topics:
    """Names of the log and of the marks' topic of one test."""

    events: str
    marks: str


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
def writer(pool: Pool) -> Writer:
    """Appends events."""
    return Writer(pool)


@pytest.fixture
async def topics(topic: MakeTopic) -> Topics:
    """The log, with four partitions, and the marks."""
    return Topics(
        await topic("case-events", partitions=4),
        await topic("relay-marks", partitions=1, cleanup_policy="compact"),
    )
