"""`redress topics`: makes the two topics with their settings, or says what differs."""

from __future__ import annotations

import asyncio
import sys
from typing import Annotated

import typer

from shared.kit.log import KafkaError, create_topics, topic_differences, wanted_topics


def topics_command(
    kafka: Annotated[
        str, typer.Option(envvar="REDRESS_KAFKA", help="Bootstrap servers, with commas between.")
    ],
    replication: Annotated[
        int, typer.Option(envvar="REDRESS_REPLICATION", help="Copies of each partition: 1 or 3.")
    ] = 3,
) -> None:
    """Makes `case-events` and `relay-marks`. Nothing else ever makes or changes a topic."""
    try:
        differing = asyncio.run(_make(kafka, replication))
    except (KafkaError, ValueError) as error:
        sys.exit(f"redress topics: {error}")
    if differing:
        sys.exit("\n".join(["redress topics: they exist with other settings:", *differing]))
    print("case-events and relay-marks are as they must be")


async def _make(kafka: str, replication: int) -> tuple[str, ...]:
    wanted = wanted_topics(replication)
    await create_topics(kafka, wanted)
    return await topic_differences(kafka, wanted)
