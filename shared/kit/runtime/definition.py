"""What a service is made of, said in its `main.py`; everything else is the same for all."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic
from typing import Any, Final, Generic, TypeVar

from fastapi import APIRouter

from shared.kit.blobs import BlobStore
from shared.kit.due import Gate, Handler, Poller
from shared.kit.eventstore import Pool, PostgresEventStore
from shared.kit.http import Persons
from shared.kit.keyring import Keyring, MasterKey, PostgresKeyring, Sealer
from shared.kit.log import MarksReader, Reactor, Relay, Subscriber, View
from shared.kit.runtime.settings import Settings

_HEARD_WITHIN: Final = 2.5
"""Seconds: relays mark every second."""
_LOOK_EVERY: Final = 0.05
S = TypeVar("S", bound=Settings)
Background = Callable[[], Awaitable[None]]


@dataclass(slots=True)
class Parts(Generic[S]):
    """A running service's parts, for the wiring in its `main.py`.

    `relay` is None where the service publishes nothing, `poller` where it owes nothing.
    """

    settings: S
    pool: Pool
    store: PostgresEventStore
    master: MasterKey
    keyring: PostgresKeyring
    blobs: BlobStore
    sealer: Sealer
    subscriber: Subscriber
    marks: MarksReader
    relay: Relay | None = None
    poller: Poller | None = None

    async def level(self, within: timedelta) -> bool:
        """Whether everything is read up to each relay's mark, and no mark is older than `within`."""
        return self.marks.level(await self.subscriber.offsets(), within)

    async def heard(self, by: datetime) -> bool:
        """Waits until everything that any service had recorded by then is folded; False where that takes too long."""
        give_up = monotonic() + _HEARD_WITHIN
        while not self.marks.reached(await self.subscriber.offsets(), by):
            if monotonic() > give_up:
                return False
            await asyncio.sleep(_LOOK_EVERY)
        return True


@dataclass(frozen=True, slots=True)
class Figure(Generic[S]):
    """A count of a service's own: `name` in `/status`, `redress_<name>` in `/metrics` with `what` as its help."""

    name: str
    what: str
    ask: Callable[[Parts[S]], Awaitable[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Landscape:
    """What all services of an installation have around them.

    Attributes:
        publishers: the services whose relays mark how far they have published.
        events: the AsyncAPI document of the log, with the schema of every event.
        views: what every service folds besides its own; without a keyring, in a rebuild that holds no keys.
        persons: says what a person is who asks a service, from what the service has folded.
    """

    publishers: tuple[str, ...]
    events: Callable[[], dict[str, Any]]
    views: Callable[[Keyring | None], Sequence[View]]
    persons: Callable[[Parts[Any]], Persons]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceDefinition(Generic[S]):
    """A service.

    Attributes:
        name: also of its database, its role and its consumer group.
        settings: the class of its settings.
        views: what it folds; `reactors`: what it reacts to. Both may depend on the settings.
        routers: its HTTP routes.
        persons: says what a person is, where the service knows better than the landscape.
        due_handler: gives the commands that it owes; None where it owes nothing.
        gate: says when a due row may run.
        background: what else runs as long as the process.
        tasks: what `python -m services.<name>.main TASK ...` does instead of serving; gives the exit status.
        publishes: whether it decides anything: whether it has a relay.
        figures: counts of its own, beside those that every service tells.
    """

    name: str
    settings: type[S]
    views: Callable[[S], Sequence[View]] = lambda _: ()
    reactors: Callable[[S], Sequence[Reactor]] = lambda _: ()
    routers: Callable[[Parts[S]], Sequence[APIRouter]]
    persons: Callable[[Parts[S]], Persons] | None = None
    due_handler: Callable[[Parts[S]], Handler] | None = None
    gate: Callable[[Parts[S]], Gate] | None = None
    background: Callable[[Parts[S]], Sequence[Background]] = lambda _: ()
    tasks: dict[str, Callable[[S, Sequence[str]], Coroutine[Any, Any, int]]] = field(default_factory=dict)
    publishes: bool = True
    figures: tuple[Figure[S], ...] = ()
