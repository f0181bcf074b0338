"""What an auditor asks: the timeline, as it was then, the rebuilt views, the verified log."""

from __future__ import annotations

import asyncio
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from deploy.demo.casebook import today
from deploy.demo.council import Council
from deploy.demo.show import Show
from shared.contracts.services import PUBLISHERS

_ACKNOWLEDGED: Final = "redress.intake.acknowledged.v1"


async def show_timelines(council: Council, reference: str, show: Show) -> None:
    """One case: whole, by what had happened a week ago, and as it was recorded before its acknowledgement."""
    path = f"/cases/{reference}/timeline"
    whole = await council.get("audit", path, "auditor")
    show.text(f"The timeline of {reference}", await council.text("audit", path, "auditor"))
    show.holds(f"it is complete to event {len(whole['events'])}", whole["complete"])

    week_ago = (today() - timedelta(days=7)).isoformat()
    then = await council.text("audit", path, "auditor", happened_by=week_ago)
    show.text(f"What had happened by {week_ago}", then)

    acknowledged = next(event for event in whole["events"] if event["type"] == _ACKNOWLEDGED)
    before = datetime.fromisoformat(acknowledged["recorded_at"]) - timedelta(microseconds=1)
    as_it_was = await council.get("audit", path, "auditor", as_at=before.isoformat())
    show.text(
        f"As it was recorded at {before.isoformat()}",
        await council.text("audit", path, "auditor", as_at=before.isoformat()),
    )
    kinds = {event["type"] for event in as_it_was["events"]}
    show.holds(
        "before its acknowledgement was recorded, the case knew of none",
        as_it_was["events"] and _ACKNOWLEDGED not in kinds,
    )


async def show_rebuilds(home: Path, show: Show) -> None:
    """Every service's views, built anew from the first event, equal the live ones row for row."""
    results = await asyncio.gather(*(_redress(home, "rebuild", service) for service in PUBLISHERS))
    for service, (status, text) in zip(PUBLISHERS, results, strict=True):
        show.holds(f"the rebuilt views of {service} equal the live ones", status == 0 and "switched" in text)
    show.text("The rebuilds", "\n".join(text.strip() for _, text in results))


async def show_verification(home: Path, show: Show) -> None:
    """Store, log and leaf agree, event by event, and with a checkpoint that left the machine."""
    status, text = await _redress(home, "audit", "checkpoint")
    show.text("A signed checkpoint", text)
    show.holds("the log's sizes and roots are signed", status == 0)
    status, text = await _redress(home, "audit", "verify")
    show.text("redress audit verify", text)
    show.holds("every event is where it was, as it was", status == 0)


async def _redress(home: Path, *arguments: str) -> tuple[int, str]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "deploy.cli.main",
        *arguments,
        "--home",
        str(home),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await process.communicate()
    return process.returncode or 0, output.decode(errors="replace")
