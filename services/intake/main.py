"""Intake, put together. `python -m services.intake.main` runs it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from fastapi import APIRouter

from services.intake.adapters.registered import adapters
from services.intake.api import routers
from services.intake.application.desk import Desk
from services.intake.application.owing import Owing
from services.intake.application.reacting import IntakeReactor
from services.intake.application.staff import OwnStaff
from services.intake.settings import IntakeSettings
from services.intake.views import CaseList, QuarantineList, UnitList
from shared.casework.running import main
from shared.casework.staff import StaffPersons
from shared.kit.due import Handler
from shared.kit.runtime import Parts, ServiceDefinition


def desk(parts: Parts[IntakeSettings]) -> Desk:
    """What the use cases work with."""
    fingerprints, claims = Desk.fingerprints_and_claims(parts.pool, parts.master)
    return Desk(
        settings=parts.settings,
        pool=parts.pool,
        store=parts.store,
        keyring=parts.keyring,
        sealer=parts.sealer,
        fingerprints=fingerprints,
        claims=claims,
        adapters=adapters(),
    )


def _routers(parts: Parts[IntakeSettings]) -> Sequence[APIRouter]:
    return routers(desk(parts))


def _persons(parts: Parts[IntakeSettings]) -> StaffPersons:
    return StaffPersons(OwnStaff(parts.store))


def _due_handler(parts: Parts[IntakeSettings]) -> Handler:
    return Owing(desk(parts)).do


SERVICE: Final = ServiceDefinition(
    name="intake",
    settings=IntakeSettings,
    views=lambda _: (CaseList(), QuarantineList(), UnitList()),
    reactors=lambda settings: (IntakeReactor(timedelta(days=settings.quarantine_days)),),
    routers=_routers,
    persons=_persons,
    due_handler=_due_handler,
)

if __name__ == "__main__":
    main(SERVICE)
