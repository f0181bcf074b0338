"""The ombudsman service's process: its parts put together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from fastapi import APIRouter

from services.ombudsman.api import commands, queries
from services.ombudsman.application import desk
from services.ombudsman.views.cases.fold import CASES
from services.ombudsman.views.desk.fold import DESK
from shared.casework.running import main
from shared.kit.http import body_mark
from shared.kit.runtime import Parts, ServiceDefinition, Settings

_BODIES: Final = "redress command bodies"


def _routers(parts: Parts[Settings]) -> Sequence[APIRouter]:
    cases = desk(parts.pool, parts.store, parts.heard)
    mark = body_mark(parts.master.derive(_BODIES, parts.master.current))
    return [commands(cases, mark), queries(cases, parts.sealer)]


SERVICE: Final = ServiceDefinition(
    name="ombudsman", settings=Settings, views=lambda _: (CASES, DESK), routers=_routers
)

if __name__ == "__main__":
    main(SERVICE)
