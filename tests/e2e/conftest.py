"""One installation for the session, on one broker, and a council on it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.chaos.site import Site, opened
from tests.e2e.council import Council


@pytest.fixture(scope="session")
async def site(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    """A running installation."""
    async with opened(tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture(scope="session")
async def council(site: Site) -> AsyncIterator[Council]:
    """A council whose department is registered."""
    council = Council.of(site)
    await council.opens_its_office()
    yield council
    await council.close()
