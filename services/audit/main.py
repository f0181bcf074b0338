"""Audit's wiring."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import Final

from services.audit.api import routers
from services.audit.application import tasks
from services.audit.application.checkpoints.schedule import Schedule
from services.audit.application.checkpoints.signed import newest
from services.audit.application.proofs import proof
from services.audit.settings import AuditSettings
from services.audit.views.log import AuditLog
from services.audit.views.log.alarms import count_alarms
from services.audit.views.names import STAFF_NAMES, UNIT_NAMES
from shared.casework.known_cases import CASES
from shared.casework.running import main
from shared.kit.log import View
from shared.kit.runtime import Figure, Parts, ServiceDefinition

VIEWS: Final[tuple[View, ...]] = (AuditLog(), CASES, UNIT_NAMES, STAFF_NAMES)


async def _checkpoint_age(parts: Parts[AuditSettings]) -> int:
    last = await newest(parts.pool)
    return -1 if last is None else int((datetime.now(UTC) - last.at).total_seconds())


SERVICE: Final = ServiceDefinition(
    name="audit",
    settings=AuditSettings,
    views=lambda _: VIEWS,
    routers=routers,
    background=lambda parts: [Schedule(parts.pool, parts.settings).run],
    tasks={"verify": tasks.verify, "checkpoint": tasks.checkpoint, "prove": tasks.prove_case},
    publishes=False,
    figures=(
        Figure(
            "alarms", "Records that must never have been on the log.", lambda parts: count_alarms(parts.pool)
        ),
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
