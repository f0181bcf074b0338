"""A council at work, of each test's own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.conftest import Databases, MakeTopic
from tests.integration.audit.council import Council, at_work, make_places


@pytest.fixture
async def council(
    postgres: Databases, kafka_bootstrap: str, topic: MakeTopic, tmp_path: Path
) -> AsyncIterator[Council]:
    """Stores, log and audit, all empty."""
    places = await make_places(postgres, kafka_bootstrap, topic, tmp_path)
    async with at_work(places, postgres, tmp_path) as council:
        yield council
