"""`redress doctor`: what is wrong, if anything is, and what to do about it."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Annotated, Any

import asyncpg
import httpx
import typer

from deploy.cli.environment import up_file
from deploy.cli.services import DEFAULT_HOME, urls
from shared.kit import sql
from shared.kit.log import KafkaError, topic_differences, wanted_topics


def doctor_command(
    home: Annotated[Path, typer.Option(help="The data folder.")] = DEFAULT_HOME,
) -> None:
    """Prints one line for each thing looked at. Exit 1 if anything is wrong."""
    running = up_file(home)
    told: dict[str, Any] = json.loads(running.read_text("utf-8")) if running.exists() else {"urls": urls()}
    faults = asyncio.run(_examine(told))
    for fault in faults:
        print(f"wrong: {fault}")
    if faults:
        raise SystemExit(1)
    print("all is well")


async def _examine(told: dict[str, Any]) -> list[str]:
    faults = []
    async with httpx.AsyncClient(timeout=5) as client:
        for service, url in told["urls"].items():
            faults += await _service(client, service, url)
    if "databases" in told:
        faults += await _oldest_writer(told["databases"]["intake"])
        faults += await _topics(told["kafka"], int(told["brokers"]))
    return faults


async def _service(client: httpx.AsyncClient, service: str, url: str) -> list[str]:
    try:
        ready = await client.get(f"{url}/health/ready")
        figures = (await client.get(f"{url}/status")).json()
    except httpx.HTTPError as error:
        return [f"{service} does not answer at {url} ({type(error).__name__}): is it running?"]
    faults = [f"{service}: {name}: {reason}" for name, reason in ready.json().get("reasons", {}).items()]
    if figures.get("parked_cases"):
        faults.append(f"{service}: {figures['parked_cases']} cases are parked: see `redress parked list`")
    if figures.get("due_late"):
        faults.append(f"{service}: {figures['due_late']} pieces of due work are late by more than a minute")
    return faults


async def _oldest_writer(dsn: str) -> list[str]:
    """A transaction that holds an id and stays open holds back every relay of the server."""
    connection = await asyncpg.connect(dsn)
    try:
        row = await connection.fetchrow(sql.load(__package__, "oldest_writer.sql"))
    finally:
        await connection.close()
    if row is None:
        return []
    return [
        (
            f"session {row['pid']} ({row['application_name']}, {row['datname']}) has held a transaction id for "
            f"{row['seconds']:.0f} s and holds back every relay: end it"
        )
    ]


async def _topics(kafka: str, brokers: int) -> list[str]:
    try:
        return list(await topic_differences(kafka, wanted_topics(brokers)))
    except KafkaError as error:
        return [f"Kafka at {kafka} can't be asked: {error}"]
