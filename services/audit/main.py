"""Audit's wiring."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Final

from fastapi import APIRouter

from services.audit import proof, tasks
from services.audit.api import router
from services.audit.application import Casebook
from services.audit.checkpoints.schedule import Schedule
from services.audit.log import AuditLog
from services.audit.settings import AuditSettings
from services.audit.views.cases import CASES
from services.audit.views.names import Names
from shared.runtime.definition import Background, Parts, ServiceDefinition
from shared.runtime.service import main


def _routers(parts: Parts[AuditSettings]) -> Sequence[APIRouter]:
    return [router(Casebook(parts))]


def _background(parts: Parts[AuditSettings]) -> Sequence[Background]:
    return [Schedule(parts.pool, parts.settings).run]


SERVICE: Final = ServiceDefinition(
    name="audit",
    settings=AuditSettings,
    views=lambda _: (AuditLog(), CASES, Names()),
    routers=_routers,
    background=_background,
    tasks={"verify": tasks.verify, "checkpoint": tasks.checkpoint, "prove": tasks.prove_case},
    publishes=False,
)

if __name__ == "__main__":
    match sys.argv[1:]:
        case ["check-proof", *arguments]:  # a third party's: it needs no settings
            sys.exit(proof.main(arguments))
        case _:
            main(SERVICE)
