"""Intake, put together. `python -m services.intake.main` runs it."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from services.intake.adapters.registered import adapters
from services.intake.api import routers
from services.intake.application.dependencies import Dependencies
from services.intake.application.rulebook import load_rulebook
from services.intake.application.staff import OwnStaff
from services.intake.due import due_work
from services.intake.reactor import IntakeReactor
from services.intake.settings import IntakeSettings
from services.intake.views.case_list import CASE_LIST
from services.intake.views.case_people import CASE_PEOPLE
from services.intake.views.quarantine import QUARANTINE
from services.intake.views.units import UNITS
from shared.casework.running import main
from shared.casework.staff import StaffPersons
from shared.kit.log import View
from shared.kit.runtime import Parts, ServiceDefinition

VIEWS: Final[tuple[View, ...]] = (CASE_LIST, CASE_PEOPLE, QUARANTINE, UNITS)


def dependencies(parts: Parts[IntakeSettings]) -> Dependencies:
    return Dependencies(
        settings=parts.settings,
        pool=parts.pool,
        store=parts.store,
        master=parts.master,
        keyring=parts.keyring,
        sealer=parts.sealer,
        adapters=adapters(),
        rules=load_rulebook(parts.settings.schools),
    )


SERVICE: Final = ServiceDefinition(
    name="intake",
    settings=IntakeSettings,
    views=lambda _: VIEWS,
    reactors=lambda settings: (IntakeReactor(timedelta(days=settings.quarantine_days)),),
    routers=lambda parts: routers(dependencies(parts)),
    persons=lambda parts: StaffPersons(OwnStaff(parts.store)),
    due_handler=lambda parts: due_work(dependencies(parts)),
)

if __name__ == "__main__":
    main(SERVICE)
