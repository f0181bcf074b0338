"""Embedded Apache Kafka: one broker or three, each a controller as well (KRaft), on loopback ports."""

import asyncio
import base64
import json
import shutil
import signal
import uuid
from dataclasses import dataclass
from pathlib import Path

from deploy.embedded.home import Home, write_json
from deploy.embedded.java import java
from deploy.embedded.part import Part
from deploy.embedded.ports import HOST, refuse_taken
from deploy.embedded.processes import end, end_stranger, spawn, tail
from deploy.embedded.wire import known_brokers

SIZES = (1, 3)
_JVM = (
    *(
        "-Xms64m",
        "-Xmx256m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:-UsePerfData",
        "-XX:+ExitOnOutOfMemoryError",
    ),
    *("-Djava.awt.headless=true", "-Dlog4j2.disableJmx=true"),
)
_LOGGING = """\
status=error
rootLogger.level=info
rootLogger.appenderRef.file.ref=file
appender.file.type=RollingFile
appender.file.name=file
appender.file.fileName={file}
appender.file.filePattern={file}.%i
appender.file.layout.type=PatternLayout
appender.file.layout.pattern=%d %p %c{{1}}: %m%n
appender.file.policies.type=Policies
appender.file.policies.size.type=SizeBasedTriggeringPolicy
appender.file.policies.size.size=10MB
appender.file.strategy.type=DefaultRolloverStrategy
appender.file.strategy.max=2
"""


class KafkaError(RuntimeError):
    """Kafka cannot be formatted or started; the message says why and what to do."""


@dataclass(frozen=True)
class Cluster:
    """Size and ports: broker i (from 1) listens on `first_port + 2(i-1)`, its controller one above."""

    home: Home
    first_port: int
    size: int

    def __post_init__(self) -> None:
        if self.size not in SIZES:
            raise KafkaError(f"{self.size} brokers: choose 1, or 3 for replication 3")

    def port(self, broker: int) -> int:
        return self.first_port + 2 * (broker - 1)

    @property
    def bootstrap(self) -> str:
        """`host:port` of every broker, with commas."""
        return ",".join(f"{HOST}:{self.port(broker)}" for broker in self.ids)

    @property
    def ids(self) -> range:
        return range(1, self.size + 1)

    def identity(self) -> str:
        """The cluster's id, made at random at the first start and kept in the data folder.

        Raises KafkaError if the folder was formatted for another number of brokers.
        """
        file = self.home.root / "kafka.json"
        if not file.exists():
            made = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
            write_json(file, {"cluster": made, "brokers": self.size})
        known = json.loads(file.read_text())
        if known["brokers"] != self.size:
            raise KafkaError(
                f"{self.home.root} holds a cluster of {known['brokers']} broker(s), asked for are {self.size}: "
                f"start it with --brokers {known['brokers']}, or with --home on a new folder"
            )
        return str(known["cluster"])

    def settings(self, broker: int, folder: str) -> dict[str, str]:
        """One broker's server.properties, its data in `folder`."""
        copies, in_sync = (1, 1) if self.size == 1 else (3, 2)
        port = self.port(broker)
        voters = ",".join(f"{i}@{HOST}:{self.port(i) + 1}" for i in self.ids)
        return {
            "process.roles": "broker,controller",
            "node.id": str(broker),
            "controller.quorum.voters": voters,
            "listeners": f"PLAINTEXT://{HOST}:{port},CONTROLLER://{HOST}:{port + 1}",
            "advertised.listeners": f"PLAINTEXT://{HOST}:{port}",
            "inter.broker.listener.name": "PLAINTEXT",
            "controller.listener.names": "CONTROLLER",
            "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "log.dirs": folder,
            "auto.create.topics.enable": "false",
            "default.replication.factor": str(copies),
            "min.insync.replicas": str(in_sync),
            "offsets.topic.num.partitions": "3",
            "offsets.topic.replication.factor": str(copies),
            "transaction.state.log.num.partitions": "3",
            "transaction.state.log.replication.factor": str(copies),
            "transaction.state.log.min.isr": str(in_sync),
            "share.coordinator.state.topic.num.partitions": "1",
            "share.coordinator.state.topic.replication.factor": str(copies),
            "share.coordinator.state.topic.min.isr": str(in_sync),
            "group.initial.rebalance.delay.ms": "0",
            # A broker that was killed is let in again, or replaced as leader, when its session ends.
            "broker.session.timeout.ms": "2000",
            "broker.heartbeat.interval.ms": "500",
            "num.network.threads": "2",
            "num.io.threads": "4",
            "log.cleaner.dedupe.buffer.size": "8388608",  # the default takes half of the heap
        }


class Broker(Part):
    """One broker process, which can be stopped, killed and started alone.

    `start` formats the data folder if there is none and returns when the broker is let into the
    cluster; with three brokers that needs a second one, so start them together. It raises KafkaError.
    """

    # Of three the last to stop waits 5 s for a vote that cannot come; its data is on disk by then.
    stop_steps = ((signal.SIGTERM, 7),)

    def __init__(self, cluster: Cluster, number: int, class_path: str) -> None:
        super().__init__(f"kafka-{number}")
        self.number = number
        self.port = cluster.port(number)
        self.data = cluster.home.kafka(number)
        self.log = cluster.home.logs / f"kafka-{number}.log"
        self._cluster = cluster
        self._class_path = class_path
        self._run = cluster.home.run / f"kafka-{number}"

    async def _launch(self) -> None:
        await self._stop_stale()
        refuse_taken(self.port, self.port + 1)
        shutil.rmtree(self._run, ignore_errors=True)  # native libraries unpacked by a killed broker
        self._run.mkdir(mode=0o700)
        if not self.data.exists():
            await self._format()
        settings = self._write_settings(self.data)
        self.process = await self._java("kafka.Kafka", settings)
        write_json(self._pid_file, {"pid": self.process.pid})
        while self.number not in await known_brokers(self.port):
            if self.process.returncode is not None:
                raise KafkaError(f"broker {self.number} did not start; {self._last_words()}")
            await asyncio.sleep(0.05)

    async def _format(self) -> None:
        draft = self.data.with_name(self.data.name + ".new")
        shutil.rmtree(draft, ignore_errors=True)  # one cut short, so never used
        draft.mkdir(mode=0o700)
        settings = self._write_settings(draft)
        formatted = await self._java(
            # With "=": an id may start with a dash.
            *(
                "kafka.tools.StorageTool",
                "format",
                f"--cluster-id={self._cluster.identity()}",
                "-c",
                settings,
            ),
        )
        try:
            if await formatted.wait() != 0:
                raise KafkaError(f"formatting {self.data} failed; {self._last_words()}")
        finally:
            await end(formatted)
        draft.rename(self.data)

    async def _java(self, *arguments: str | Path) -> asyncio.subprocess.Process:
        where = (f"-Djava.io.tmpdir={self._run}", f"-Dlog4j2.configurationFile={self._write_logging().name}")
        return await spawn(
            [java(), *_JVM, *where, "-cp", self._class_path, *arguments],
            self.log.with_suffix(".out"),
            on_parent_death=signal.SIGKILL,  # a clean stop may wait for minutes on other brokers
            folder=self._run,
        )

    async def _stop_stale(self) -> None:
        if not self._pid_file.exists():
            return
        pid = json.loads(self._pid_file.read_text())["pid"]
        if not await end_stranger(pid, self._run, (signal.SIGKILL, 10)):
            raise KafkaError(f"an older broker {self.number} (process {pid}) does not stop")

    def _last_words(self) -> str:
        printed = self.log.with_suffix(".out")
        return f"{self.log} and {printed} end with:\n{tail(self.log)}\n{tail(printed)}"

    @property
    def _pid_file(self) -> Path:
        return self._run.with_suffix(".pid")

    def _write_settings(self, folder: Path) -> Path:
        file = self._run / "server.properties"
        # Relative to the folder that it runs in: a comma or an accent on the way there would need quoting.
        settings = self._cluster.settings(self.number, f"../../{folder.name}")
        file.write_text("".join(f"{name}={value}\n" for name, value in settings.items()))
        return file

    def _write_logging(self) -> Path:
        file = self._run / "log4j2.properties"
        file.write_text(_LOGGING.format(file=f"../../logs/{self.log.name}"))
        return file
