"""A council at work, of each test's own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.conftest import Databases, MakeTopic, until
from tests.integration.audit.council import Council, at_work, make_places
from tests.integration.audit.door import Door, serving


@pytest.fixture
async def council(
    postgres: Databases, kafka_bootstrap: str, topic: MakeTopic, tmp_path: Path
) -> AsyncIterator[Council]:
    """Stores, log and audit, all empty."""
    places = await make_places(postgres, kafka_bootstrap, topic, tmp_path)
    async with at_work(places, postgres, tmp_path) as council:
        yield council


@pytest.fixture
async def door(council: Council, tmp_path: Path) -> AsyncIterator[Door]:
    """A running audit."""
    async with serving(council, tmp_path) as door:
        await until(lambda: len(council.marks.marks) == 4)
        yield door
