"""Audit's wiring."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from fastapi import APIRouter

from services.audit import proof, tasks
from services.audit.api import router
from services.audit.application import Casebook
from services.audit.checkpoints.schedule import Schedule
from services.audit.checkpoints.signing import newest
from services.audit.log import AuditLog
from services.audit.settings import AuditSettings
from services.audit.views.cases import CASES
from services.audit.views.names import STAFF_NAMES, UNIT_NAMES
from shared.casework.running import main
from shared.kit import sql
from shared.kit.runtime import Background, Figure, Parts, ServiceDefinition


def _routers(parts: Parts[AuditSettings]) -> Sequence[APIRouter]:
    return [router(Casebook(parts))]


def _background(parts: Parts[AuditSettings]) -> Sequence[Background]:
    return [Schedule(parts.pool, parts.settings).run]


async def _alarms(parts: Parts[AuditSettings]) -> int:
    return int(await parts.pool.fetchval(sql.load("services.audit", "count_alarms.sql")))


async def _checkpoint_age(parts: Parts[AuditSettings]) -> int:
    last = await newest(parts.pool)
    return -1 if last is None else int((datetime.now(UTC) - last.at).total_seconds())


SERVICE: Final = ServiceDefinition(
    name="audit",
    settings=AuditSettings,
    views=lambda _: (AuditLog(), CASES, UNIT_NAMES, STAFF_NAMES),
    routers=_routers,
    background=_background,
    tasks={"verify": tasks.verify, "checkpoint": tasks.checkpoint, "prove": tasks.prove_case},
    publishes=False,
    figures=(
        Figure("alarms", "Records that must never have been on the log.", _alarms),
        Figure(
            "checkpoint_age_seconds", "Age of the newest signed checkpoint; -1: none yet.", _checkpoint_age
        ),
    ),
)

if __name__ == "__main__":
    match sys.argv[1:]:
        case ["check-proof", *arguments]:  # a third party's: it needs no settings
            sys.exit(proof.main(arguments))
        case _:
            main(SERVICE)
