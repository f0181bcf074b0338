"""The faults. A kill is SIGKILL, or SIGSTOP and later SIGCONT, to a process id; what died is started again."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Final

import httpx
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError

from deploy.cli.services import SERVICES
from deploy.embedded.part import Part
from shared.contracts.services import PUBLISHERS
from shared.kit.log import CASE_EVENTS, create_topics, wanted_topics
from tests.chaos import windows
from tests.chaos.site import READERS, Site

_BACK_WITHIN: Final = 60.0
_LOOKS: Final = 200
_BEFORE_THE_SERVER_DIES: Final = 1.0
"""Seconds: a part of the fault. In that time the server ends what it was asked for before they stood still, and they
wake to answers that were sent and to a server that is another one."""


@dataclass(slots=True)
class Blow:
    """What was done, and what it hit.

    Attributes:
        target: the process, broker or topic.
        kills: how many processes were killed or frozen.
        windows: the state at that moment.
        log_lost: whether the log has to be read again from its beginning.
        back_after: seconds until everything was ready again.
    """

    target: str
    kills: int = 1
    windows: Counter[str] = field(default_factory=Counter)
    log_lost: bool = False
    back_after: float = 0.0


Strike = Callable[[Site, Random], Awaitable[Blow]]


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault by its name."""

    name: str
    strike: Strike

    async def run(self, site: Site, random: Random) -> Blow:
        """Strikes, and waits until every service says that it is ready."""
        began = time.monotonic()
        blow = await self.strike(site, random)
        await ready(site)
        blow.back_after = time.monotonic() - began
        return blow


async def _kill_broker(site: Site, random: Random) -> Blow:
    broker = random.choice(site.installation.embedded.brokers)
    await broker.kill()
    await asyncio.sleep(random.uniform(2, 6))
    await broker.start()
    return Blow(broker.name)


async def _kill_postgres(site: Site, random: Random) -> Blow:
    """The postmaster alone, or with every backend, as when the machine's memory ends."""
    server = site.installation.embedded.postgres
    hit = await windows.at_this_moment(site, READERS)
    pid = _pid(server)
    everything = random.random() < 0.5
    children = _children(pid) if everything else []
    os.kill(pid, signal.SIGKILL)
    for child in children:
        _signal(child, signal.SIGKILL)
    await _another(server, pid)
    return Blow("with its backends" if everything else "the postmaster", windows=hit)


def _kill_service(name: str) -> Strike:
    async def strike(site: Site, random: Random) -> Blow:
        service = random.choice(site.instances(name))
        pid = _pid(service)
        os.kill(pid, signal.SIGSTOP)  # so that what it is in the middle of can be looked at
        hit = await windows.at_this_moment(site, (name,))
        os.kill(pid, signal.SIGKILL)
        await _another(service, pid)
        return Blow(name, windows=hit)

    return strike


async def _kill_between_claim_and_answer(site: Site, random: Random) -> Blow:
    """While messages are on their way, several if that can be: left to chance, few kills hit that."""
    service = site.installation.services["notifications"]
    pid = _pid(service)
    for look in range(_LOOKS):
        os.kill(pid, signal.SIGSTOP)
        if await windows.claims(site) >= (2 if look < _LOOKS // 2 else 1):
            break
        os.kill(pid, signal.SIGCONT)
        await asyncio.sleep(random.uniform(0.005, 0.05))
    hit = await windows.at_this_moment(site, ("notifications",))
    os.kill(pid, signal.SIGKILL)
    await _another(service, pid)
    return Blow("notifications", windows=hit)


async def _freeze_service(site: Site, random: Random) -> Blow:
    """Long enough that its leases, its lock and its place in the group are gone when it wakes."""
    name = random.choice(READERS)
    pid = _pid(random.choice(site.instances(name)))
    with _standing(pid):
        hit = await windows.at_this_moment(site, (name,))
        await asyncio.sleep(random.uniform(5, 8))
    return Blow(name, windows=hit)


def _freeze_in_turn(name: str) -> Strike:
    """One instance, then the other: each wakes when the other has its partitions, its lock and its due work."""

    async def strike(site: Site, random: Random) -> Blow:
        hit: Counter[str] = Counter()
        for instance in site.instances(name):
            with _standing(_pid(instance)):
                hit += await windows.at_this_moment(site, (name,))
                await asyncio.sleep(random.uniform(5, 9))
            await asyncio.sleep(random.uniform(0.5, 2))
        return Blow(f"{name}, one after the other", kills=2, windows=hit)

    return strike


async def _kill_postgres_while_services_stand(site: Site, random: Random) -> Blow:
    """Every publisher wakes in the middle of something that has failed for it."""
    publishers = [_pid(each) for name in PUBLISHERS for each in site.instances(name)]
    server = site.installation.embedded.postgres
    with _standing(*publishers):
        await asyncio.sleep(_BEFORE_THE_SERVER_DIES)
        hit = await windows.at_this_moment(site, PUBLISHERS)
        died = _pid(server)
        os.kill(died, signal.SIGKILL)
        await _another(server, died)
        await asyncio.sleep(random.uniform(5, 12))
    return Blow("the publishers", kills=len(publishers), windows=hit)


@contextmanager
def _standing(*pids: int) -> Iterator[None]:
    """These stand still for as long as the block runs: how long is the fault, and no wait for anything."""
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            _signal(pid, signal.SIGCONT)


async def _lose_topic(site: Site, random: Random) -> Blow:
    """Deleted by mistake, and made anew with `redress topics`."""
    bootstrap = site.bootstrap
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap.split(","))
    await admin.start()
    try:
        await admin.delete_topics([CASE_EVENTS])
        async with asyncio.timeout(_BACK_WITHIN):
            while CASE_EVENTS in await admin.list_topics():  # noqa: ASYNC110  the cluster tells nobody
                await asyncio.sleep(0.1)
    finally:
        await admin.close()
    await asyncio.sleep(random.uniform(0, 3))
    async with asyncio.timeout(_BACK_WITHIN):
        await _create(site)
    return Blow(CASE_EVENTS, kills=0, log_lost=True)


async def _create(site: Site) -> None:
    while True:
        try:
            await create_topics(site.bootstrap, wanted_topics(site.installation.brokers))
        except KafkaError:
            await asyncio.sleep(0.2)
        else:
            return


EVERY: Final = (
    Fault("a broker killed and brought back", _kill_broker),
    Fault("PostgreSQL killed", _kill_postgres),
    *(Fault(f"{name} killed", _kill_service(name)) for name in SERVICES),
    Fault("notifications killed between claim and answer", _kill_between_claim_and_answer),
    Fault("a service frozen for 5 to 8 s", _freeze_service),
    Fault("PostgreSQL killed while services stand", _kill_postgres_while_services_stand),
    Fault("the topic lost", _lose_topic),
)
TWO: Final = (
    *(Fault(f"two of {name} frozen in turn", _freeze_in_turn(name)) for name in READERS),
    *(Fault(f"one of two {name} killed", _kill_service(name)) for name in READERS),
    Fault("PostgreSQL killed", _kill_postgres),
    Fault("PostgreSQL killed while services stand", _kill_postgres_while_services_stand),
    Fault("a broker killed and brought back", _kill_broker),
)
"""What is tried with two instances of every service."""


def _pid(part: Part) -> int:
    assert part.pid is not None, f"{part.name} does not run"
    return part.pid


def _children(parent: int) -> list[int]:
    """The processes that this one has started."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            after_name = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(after_name[1]) == parent:
            found.append(int(entry.parent.name))
    return found


def _signal(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return


async def _another(part: Part, pid: int) -> None:
    """Until the watcher has started it again."""
    async with asyncio.timeout(_BACK_WITHIN):
        while not part.serving or part.pid == pid:  # noqa: ASYNC110  a process that another task starts
            await asyncio.sleep(0.02)


async def ready(site: Site) -> None:
    """Waits until every service says that it is ready. Raises RuntimeError with what keeps one from it."""
    reasons: dict[str, str] = {}
    try:
        async with asyncio.timeout(_BACK_WITHIN), site.client({}, seconds=5) as client:
            for name, url in site.urls().items():
                await _one_ready(client, name, f"{url}/health/ready", reasons)
    except TimeoutError:
        raise RuntimeError(f"not ready after {_BACK_WITHIN:.0f} s: {reasons}") from None


async def _one_ready(client: httpx.AsyncClient, name: str, url: str, reasons: dict[str, str]) -> None:
    while True:
        try:
            answer = await client.get(url)
        except httpx.TransportError as error:
            reasons[name] = repr(error)
        else:
            if answer.is_success:
                reasons.pop(name, None)
                return
            reasons[name] = answer.text
        await asyncio.sleep(0.1)
