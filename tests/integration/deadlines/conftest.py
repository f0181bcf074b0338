"""A world for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from shared.kit.http import create_key_pair
from tests.conftest import Databases
from tests.integration.deadlines.world import Keys, World, opened
from tests.kit.databases import make_places
from tests.kit.day import let_midnight_pass


@pytest.fixture(autouse=True)
def one_day() -> None:
    """No midnight passes while a test runs."""
    let_midnight_pass()


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    """What tokens are signed and checked with."""
    folder = tmp_path_factory.mktemp("deadlines-tokens")
    create_key_pair(folder / "private.pem", folder / "public.pem")
    return Keys((folder / "private.pem").read_bytes(), (folder / "public.pem").read_text())


@pytest.fixture
async def world(postgres: Databases, tmp_path: Path, keys: Keys) -> AsyncIterator[World]:
    """The service's parts, with nothing read yet."""
    async with opened(await make_places(postgres, tmp_path / "blobs"), keys) as world:
        yield world
