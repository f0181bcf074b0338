"""Deadlines over HTTP: what is due, the clocks of a case and why, commands, the calendar."""

from __future__ import annotations

from fastapi import APIRouter

from services.deadlines.api import bank_holidays, commands, due, one_case
from services.deadlines.application.dependencies import Dependencies


def routers(dependencies: Dependencies) -> list[APIRouter]:
    """Every route of deadlines."""
    return [part.router(dependencies) for part in (due, one_case, commands, bank_holidays)]
