"""The embedded servers keep their data, come back when killed, and never outlive their supervisor."""

import asyncio
import base64
import json
import os
import signal
import sys
from collections.abc import Iterable
from pathlib import Path

import asyncpg
import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from deploy.embedded import supervisor
from deploy.embedded.home import Home, HomeInUseError
from deploy.embedded.kafka import Cluster, KafkaError
from deploy.embedded.part import Part
from deploy.embedded.ports import PortTakenError
from deploy.embedded.postgres import Postgres, PostgresError
from deploy.embedded.supervisor import Embedded, StartTimeoutError
from tests.conftest import free_ports, until

ROOT = Path(supervisor.__file__).parents[2]
SECONDS = 60
KEPT = TopicPartition("kept", 0)


def servers(home: Path) -> Embedded:
    ports = free_ports(3)
    return Embedded(home, kafka_port=ports, smtp_port=ports + 2)


async def write_row(dsn: str) -> None:
    connection = await asyncpg.connect(dsn)
    await connection.execute("CREATE TABLE IF NOT EXISTS kept (at int)")
    await connection.execute("INSERT INTO kept VALUES (1)")
    await connection.close()


async def count_rows(dsn: str) -> int:
    connection = await asyncpg.connect(dsn)
    try:
        count: int = await connection.fetchval("SELECT count(*) FROM kept")
    finally:
        await connection.close()
    return count


async def write_record(bootstrap: str) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    if "kept" not in await admin.list_topics():
        await admin.create_topics([NewTopic("kept", 1, 1)])
    await admin.close()
    async with AIOKafkaProducer(bootstrap_servers=bootstrap, acks="all") as producer:
        await producer.send_and_wait("kept", b"1")


async def count_records(bootstrap: str) -> int:
    consumer = AIOKafkaConsumer(bootstrap_servers=bootstrap)
    await consumer.start()
    try:
        ends = await consumer.end_offsets([KEPT])
    finally:
        await consumer.stop()
    return int(ends[KEPT])


def processes() -> dict[int, tuple[int, str]]:
    """Every living process: id -> (its parent's, its state)."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = stat.read_text().rpartition(")")[2].split()[:2]
        except (FileNotFoundError, ProcessLookupError):
            continue
        found[int(stat.parent.name)] = (int(parent), state)
    return found


def below(ancestor: int) -> set[int]:
    """Every living process that descends from `ancestor`."""
    family, known = {ancestor}, processes()
    while more := {pid for pid, (parent, _) in known.items() if parent in family} - family:
        family |= more
    return family - {ancestor}


async def gone(pids: Iterable[int]) -> None:
    """Wait until none of them runs; one that nobody has waited for yet does not run."""
    await until(lambda: not {pid for pid in pids if processes().get(pid, (0, "Z"))[1] != "Z"})


async def back(part: Part, killed: int) -> None:
    """Wait until a new process serves in place of the killed one."""
    await until(lambda: part.pid != killed and part.serving)


async def supervise(home: Path) -> asyncio.subprocess.Process:
    """Start the servers below a process of their own; it prints where they are once they serve."""
    ports = free_ports(3)
    arguments = ("--home", home, "--kafka-port", str(ports), "--smtp-port", str(ports + 2))
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.integration.embedded_servers", *arguments),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )


async def serves(supervising: asyncio.subprocess.Process) -> None:
    assert supervising.stdout
    async with asyncio.timeout(SECONDS):
        dsn = await supervising.stdout.readline()
    assert dsn.startswith(b"postgresql://"), dsn


async def test_a_restart_on_other_ports_keeps_rows_and_records(tmp_path: Path) -> None:
    for expected in (1, 2):
        async with servers(tmp_path) as running:
            await write_row(running.dsn())
            await write_record(running.bootstrap)
            assert await count_rows(running.dsn()) == expected
            assert await count_records(running.bootstrap) == expected


async def test_a_part_that_is_killed_comes_back_with_its_data(tmp_path: Path) -> None:
    async with servers(tmp_path) as running:
        await write_row(running.dsn())
        await write_record(running.bootstrap)
        for part in (running.postgres, running.brokers[0], running.mailbox):
            killed = part.pid
            assert killed
            os.kill(killed, signal.SIGKILL)
            await back(part, killed)
        assert await count_rows(running.dsn()) == 1
        assert await count_records(running.bootstrap) == 1


async def test_a_broker_killed_by_its_handle_stays_down_until_it_is_started(tmp_path: Path) -> None:
    async with servers(tmp_path) as running:
        await write_record(running.bootstrap)
        broker = running.brokers[0]
        await broker.kill()
        assert broker.pid is None
        await broker.start()
        assert broker.pid
        assert await count_records(running.bootstrap) == 1


async def test_a_second_start_on_the_same_folder_is_refused_and_names_the_first(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.create()
    with home.lock(), pytest.raises(HomeInUseError, match=f"in use by the running process {os.getpid()}"):
        await servers(tmp_path).__aenter__()
    with home.lock():  # free again
        pass


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
async def test_a_supervisor_that_is_ended_leaves_no_process_and_its_folder_starts_again(
    tmp_path: Path, number: signal.Signals
) -> None:
    supervising = await supervise(tmp_path)
    await serves(supervising)
    family = below(supervising.pid)
    assert len(family) > 3  # PostgreSQL and its workers, a broker, the mailbox

    supervising.send_signal(number)
    await supervising.communicate()

    if number is signal.SIGTERM:
        assert supervising.returncode == 0
        assert not family & set(processes())
    async with servers(tmp_path) as again:  # at once: what is left may still be shutting down
        await write_row(again.dsn())
    await gone(family)


async def test_a_supervisor_that_is_ended_while_it_starts_leaves_no_process(tmp_path: Path) -> None:
    supervising = await supervise(tmp_path)
    await until((tmp_path / "logs" / "kafka-1.out").exists)
    family = below(supervising.pid)

    supervising.terminate()
    await supervising.communicate()

    assert supervising.returncode == 0
    assert not family & set(processes())


async def test_a_port_of_another_program_is_refused_not_taken_for_ours(tmp_path: Path) -> None:
    ports = free_ports(3)
    taken = await asyncio.start_server(lambda _reader, writer: writer.close(), "127.0.0.1", ports + 1)
    async with taken:
        with pytest.raises(PortTakenError, match=str(ports + 1)):
            async with Embedded(tmp_path, kafka_port=ports, smtp_port=ports + 2):
                pass


def test_another_number_of_brokers_than_the_folder_holds_is_refused(tmp_path: Path) -> None:
    Cluster(Home(tmp_path), 20000, 1).identity()
    with pytest.raises(KafkaError, match="--brokers 1"):
        Cluster(Home(tmp_path), 20000, 3).identity()


async def test_any_cluster_id_and_any_folder_name_will_do(tmp_path: Path) -> None:
    home = tmp_path / "à côté, 1"
    home.mkdir()
    dashed = base64.urlsafe_b64encode(b"\xfb" * 16).decode().rstrip("=")
    assert dashed.startswith("-")
    (home / "kafka.json").write_text(json.dumps({"cluster": dashed, "brokers": 1}))
    async with servers(home) as running:
        await write_row(running.dsn())
        await write_record(running.bootstrap)


async def test_a_folder_of_another_postgresql_is_refused_with_the_way_out(tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "PG_VERSION").write_text("15\n")
    server = Postgres(tmp_path / "postgres", tmp_path / "log")
    with pytest.raises(PostgresError, match="made by PostgreSQL 15, installed is 18: dump it"):
        await server.start()


async def test_a_part_that_does_not_serve_in_time_is_named_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "_START_SECONDS", 0.3)  # formatting alone takes longer
    starting = servers(tmp_path)
    with pytest.raises(StartTimeoutError, match="kafka-1"):
        await starting.__aenter__()
    assert starting.postgres.pid is None
    with Home(tmp_path).lock():  # given back
        pass
