"""The embedded servers as one thing: started together, watched, stopped together."""

import asyncio
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from deploy.embedded.home import Home
from deploy.embedded.jars import class_path
from deploy.embedded.kafka import Broker, Cluster
from deploy.embedded.part import Part
from deploy.embedded.postgres import SUPERUSER, Postgres
from deploy.embedded.smtp import Mailbox

_START_SECONDS = 90.0  # of a slow machine that recovers after a crash; the usual start is 2 to 7


class StartTimeoutError(RuntimeError):
    """A part runs but does not serve in time."""


class Embedded:
    """PostgreSQL, one or three brokers and a mailbox on one data folder.

    `async with Embedded(home, kafka_port, smtp_port):` starts all at once and returns when
    everything serves. A part that dies is started again and logged, unless it was stopped through
    its own `stop` or `kill`. On the way out all are stopped. If this process is killed, the kernel
    stops them. Must be entered in the main thread.

    Raises HomeInUseError, JarsMissingError, JarChangedError, PostgresError, KafkaError,
    MailboxError, PortTakenError or StartTimeoutError, each with a message for a person.
    """

    def __init__(self, home: Path, kafka_port: int, smtp_port: int, brokers: int = 1) -> None:
        self.home = Home(home.resolve())
        self.smtp_port = smtp_port
        self.cluster = Cluster(self.home, kafka_port, brokers)
        self.postgres = Postgres(self.home.postgres, self.home.logs / "postgres.log")
        self.mailbox = Mailbox(smtp_port, self.home.mail, self.home.logs / "mailbox.log")
        self.brokers: Sequence[Broker] = ()
        self._held = ExitStack()
        self._watchers: list[asyncio.Task[None]] = []

    @property
    def bootstrap(self) -> str:
        return self.cluster.bootstrap

    def dsn(self, database: str = "postgres", user: str = SUPERUSER) -> str:
        return self.postgres.dsn(database, user)

    async def __aenter__(self) -> Self:
        self.home.create()
        self._held.enter_context(self.home.lock())
        try:
            await self._start()
        except BaseException:
            await self._stop()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stop()

    async def _start(self) -> None:
        self.cluster.identity()  # refuses another number of brokers before anything runs
        jars = await asyncio.to_thread(class_path)
        self.brokers = [Broker(self.cluster, number, jars) for number in self.cluster.ids]
        starting = [asyncio.ensure_future(part.start()) for part in self._parts()]
        try:
            async with asyncio.timeout(_START_SECONDS):
                await asyncio.gather(*starting)
        except TimeoutError:
            late = ", ".join(part.name for part in self._parts() if not part.serving)
            raise StartTimeoutError(
                f"not serving after {_START_SECONDS:.0f} s: {late}; see the logs in {self.home.logs}"
            ) from None
        finally:
            for start in starting:
                start.cancel()
            await asyncio.gather(*starting, return_exceptions=True)
        self._watchers = [asyncio.create_task(part.watch()) for part in self._parts()]

    def _parts(self) -> list[Part]:
        return [self.postgres, *self.brokers, self.mailbox]

    async def _stop(self) -> None:
        for watcher in self._watchers:
            watcher.cancel()
        await asyncio.gather(*self._watchers, return_exceptions=True)
        # Brokers together: each hands over with the others' controllers still there.
        await asyncio.gather(self.mailbox.stop(), *(broker.stop() for broker in self.brokers))
        await self.postgres.stop()
        self._held.close()
