"""The ombudsman service, put together. `python -m services.ombudsman.main` runs it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from fastapi import APIRouter

from services.ombudsman.api import routers
from services.ombudsman.application.referrals import Referrals
from services.ombudsman.settings import OmbudsmanSettings
from services.ombudsman.views.desk.fold import DESK
from shared.casework.cases import Cases, command_marks
from shared.casework.known_cases import CASES, CaseRow, by_reference
from shared.casework.running import main
from shared.kit.log import View
from shared.kit.runtime import Parts, ServiceDefinition

VIEWS: Final[tuple[View, ...]] = (CASES, DESK)


def _routers(parts: Parts[OmbudsmanSettings]) -> Sequence[APIRouter]:
    cases = Cases(
        parts.store, partial(by_reference, parts.pool, CaseRow), command_marks(parts.master), parts.heard
    )
    return routers(Referrals(parts.pool, parts.store, cases), parts.sealer)


SERVICE: Final = ServiceDefinition(
    name="ombudsman", settings=OmbudsmanSettings, views=lambda _: VIEWS, routers=_routers
)

if __name__ == "__main__":
    main(SERVICE)
