"""A world, a case and a mail server for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from services.notifications.adapters.smtp import SmtpSender, SmtpServer
from tests.conftest import Databases
from tests.integration.notifications.mail_server import HOST, MailServer, serving
from tests.integration.notifications.matters import Department, Matter
from tests.integration.notifications.world import World, opened
from tests.kit.databases import Places, make_places
from tests.kit.day import let_midnight_pass

FROM = "complaints@anytown.example"


@pytest.fixture(autouse=True)
def one_day() -> None:
    """No midnight passes while a test runs."""
    let_midnight_pass()


@pytest.fixture
async def places(postgres: Databases, tmp_path: Path) -> Places:
    """The test's own databases."""
    return await make_places(postgres, tmp_path / "blobs")


@pytest.fixture
async def world(places: Places) -> AsyncIterator[World]:
    """The service's parts."""
    async with opened(places) as world:
        yield world


@pytest.fixture
async def department(world: World) -> Department:
    """A department with its people."""
    return await Department(world).register()


@pytest.fixture
async def matter(world: World, department: Department) -> Matter:
    """An open case with a running clock."""
    matter = await Matter(world, department).open()
    await matter.start()
    return matter


@pytest.fixture
async def mail() -> AsyncIterator[MailServer]:
    """A mail server that takes everything until it is told otherwise."""
    async with serving(MailServer()) as server:
        yield server


def sender_to(server: MailServer, longest: float = 15.0) -> SmtpSender:
    """A sender to that server, without TLS as on the same machine."""
    return SmtpSender(SmtpServer(HOST, server.port, tls=None), "Anytown Council", FROM, longest)


@pytest.fixture
def sender(mail: MailServer) -> SmtpSender:
    """A sender to the test's mail server."""
    return sender_to(mail)
