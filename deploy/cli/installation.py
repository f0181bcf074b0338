"""An installation in one data folder: keys, embedded servers, databases, topics, services."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx

from deploy.cli.environment import environment, up_file
from deploy.cli.keys import Keys
from deploy.cli.prepare import prepare_databases
from deploy.cli.service_process import environment_file
from deploy.cli.services import KAFKA_OFFSET, SERVICES, SMTP_OFFSET, WITH_DATABASE, urls
from deploy.embedded.home import write_json
from deploy.embedded.part import Part
from deploy.embedded.processes import spawn
from deploy.embedded.supervisor import Embedded
from shared.kit.log import create_topics, wanted_topics

_READY_SECONDS = 60.0


class ServiceProcess(Part):
    """A service as a process of its own, started again when it dies."""

    stop_steps = ((signal.SIGTERM, 15.0),)

    def __init__(self, name: str, environment: Mapping[str, str], log: Path) -> None:
        super().__init__(name)
        self.environment = dict(environment)
        self._log = log

    async def _launch(self) -> None:
        argv = [sys.executable, "-m", f"services.{self.name}.main"]
        self.process = await spawn(
            argv, self._log, on_parent_death=signal.SIGKILL, environment=self.environment
        )


class Installation:
    """Everything on one data folder: entering starts it and waits until every service is ready."""

    def __init__(
        self, home: Path, port_base: int, brokers: int = 1, extra: Mapping[str, str] | None = None
    ) -> None:
        self.home = home.resolve()
        self.port_base = port_base
        self.brokers = brokers
        self.embedded = Embedded(self.home, port_base + KAFKA_OFFSET, port_base + SMTP_OFFSET, brokers)
        self.services: dict[str, ServiceProcess] = {}
        self.extra = dict(extra or {})
        self._watchers: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        await self.embedded.__aenter__()
        try:
            await self._start()
        except BaseException:
            await self.__aexit__(None, None, None)
            raise
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for watcher in self._watchers:
            watcher.cancel()
        await asyncio.gather(*self._watchers, return_exceptions=True)
        await asyncio.gather(*(service.stop() for service in self.services.values()))
        with suppress(FileNotFoundError):
            up_file(self.home).unlink()
        await self.embedded.__aexit__(kind, error, trace)

    async def _start(self) -> None:
        Keys(self.embedded.home.keys).create()
        logs = self.embedded.home.logs
        # The services start while the databases are made: each waits for what it needs.
        self.services = {
            name: ServiceProcess(
                name, environment(name, self.embedded, self.port_base, self.extra), logs / f"{name}.log"
            )
            for name in SERVICES
        }
        for name, service in self.services.items():
            write_json(environment_file(self.home, name), dict(service.environment))
            await service.start()
        databases = {name: self.embedded.dsn(name) for name in (*WITH_DATABASE, "keyring")}
        await asyncio.gather(
            prepare_databases(self.embedded.dsn(), databases),
            create_topics(self.embedded.bootstrap, wanted_topics(self.brokers)),
        )
        self._watchers = [asyncio.create_task(service.watch()) for service in self.services.values()]
        await self._until_ready()
        write_json(up_file(self.home), self._description())

    def _description(self) -> dict[str, object]:
        return {
            "pid": os.getpid(),
            "port_base": self.port_base,
            "brokers": self.brokers,
            "kafka": self.embedded.bootstrap,
            "urls": urls(self.port_base),
            "databases": {name: self.embedded.dsn(name) for name in (*WITH_DATABASE, "keyring")},
            "auditor": {name: self.embedded.dsn(name, "auditor") for name in WITH_DATABASE},
            "processes": {name: service.pid for name, service in self.services.items()},
        }

    async def _until_ready(self) -> None:
        """Waits for `/health/ready` of each; says what keeps a service from it when it takes too long."""
        reasons: dict[str, str] = {}
        try:
            async with asyncio.timeout(_READY_SECONDS), httpx.AsyncClient(timeout=5) as client:
                await asyncio.gather(
                    *(
                        self._one_ready(client, name, url, reasons)
                        for name, url in urls(self.port_base).items()
                    )
                )
        except TimeoutError:
            late = "; ".join(f"{name}: {reason}" for name, reason in sorted(reasons.items()) if reason)
            raise RuntimeError(
                f"not ready after {_READY_SECONDS:.0f} s: {late}. Logs: {self.embedded.home.logs}"
            ) from None

    async def _one_ready(
        self, client: httpx.AsyncClient, name: str, url: str, reasons: dict[str, str]
    ) -> None:
        while True:
            try:
                answer = await client.get(f"{url}/health/ready")
                reasons[name] = "" if answer.status_code == httpx.codes.OK else answer.text
            except httpx.HTTPError as error:
                reasons[name] = f"no answer ({type(error).__name__})"
            if not reasons[name]:
                return
            await asyncio.sleep(0.05)
