"""A service's database, and what its pollers do with it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from shared.kit.eventstore import Pool, PostgresEventStore, connect_pool
from tests.conftest import Databases
from tests.integration.kit.eventstore.conftest import Ways, service_database


@pytest.fixture
async def database(postgres: Databases) -> Ways:
    """The test's own database: pollers take whatever they find."""
    return await service_database(postgres)


@pytest.fixture
async def pool(database: Ways) -> AsyncIterator[Pool]:
    """Connections of the service."""
    pool = await connect_pool(database.service, max_size=20)
    yield pool
    await pool.close()


@pytest.fixture
def store(pool: Pool) -> PostgresEventStore:
    """The service's store."""
    return PostgresEventStore(pool, "/redress/tests")
