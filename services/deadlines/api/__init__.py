"""Deadlines over HTTP: what is due, the clocks of a case and why, commands, the calendar."""

from __future__ import annotations

from fastapi import APIRouter

from services.deadlines.api import bank_holidays, due, one_case
from services.deadlines.application.case_clocks import CaseClocks
from services.deadlines.application.dependencies import Dependencies
from services.deadlines.domain.clock import FOR_OFFICERS
from services.deadlines.views.cases.fold import CaseRow
from shared.casework.cases import Cases
from shared.casework.commands import command_routes


def routers(dependencies: Dependencies, cases: Cases[CaseRow]) -> list[APIRouter]:
    """Every route of deadlines."""
    clocks = CaseClocks(dependencies, cases)
    return [
        due.router(dependencies),
        one_case.router(dependencies, clocks),
        command_routes(cases, [each.command for each in FOR_OFFICERS], clocks.give),
        bank_holidays.router(dependencies, cases),
    ]
