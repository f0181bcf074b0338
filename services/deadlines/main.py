"""Deadlines, put together. `python -m services.deadlines.main` runs it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Final

from fastapi import APIRouter

from services.deadlines.api import routers
from services.deadlines.application.calendar import CalendarSource
from services.deadlines.application.dependencies import Dependencies
from services.deadlines.application.terms import TermsWatch, owe_new_terms
from services.deadlines.due import PRINCIPAL, due_work, gate
from services.deadlines.reactor import ClockReactor
from services.deadlines.settings import DeadlinesSettings
from services.deadlines.views.cases.fold import CASES, CaseRow
from services.deadlines.views.due.fold import DUE
from shared.casework.cases import Cases, command_marks
from shared.casework.known_cases import by_reference
from shared.casework.running import main
from shared.kit.due import Gate, Handler
from shared.kit.runtime import Background, Figure, Parts, ServiceDefinition
from shared.rules.regimes import load_regimes

VIEWS: Final = (CASES, DUE)


def dependencies(parts: Parts[DeadlinesSettings]) -> Dependencies:
    """What the use cases work with."""
    within = timedelta(seconds=parts.settings.marks_within)
    return Dependencies(
        store=parts.store,
        pool=parts.pool,
        calendar=CalendarSource(parts.store, parts.settings.calendar),
        regimes=load_regimes(),
        hours=parts.settings.hours,
        level=lambda: parts.level(within),
    )


def _routers(parts: Parts[DeadlinesSettings]) -> Sequence[APIRouter]:
    look_up = partial(by_reference, parts.pool, CaseRow)
    cases = Cases(parts.store, look_up, command_marks(parts.master), parts.heard)
    return routers(dependencies(parts), cases)


def _due_handler(parts: Parts[DeadlinesSettings]) -> Handler:
    return due_work(dependencies(parts))


def _gate(parts: Parts[DeadlinesSettings]) -> Gate:
    return gate(dependencies(parts))


def _background(parts: Parts[DeadlinesSettings]) -> Sequence[Background]:
    its = dependencies(parts)

    async def keep() -> None:
        await owe_new_terms(its, PRINCIPAL)
        await its.calendar.keep()

    return (keep, TermsWatch(its).keep)


async def _schools_running_out(parts: Parts[DeadlinesSettings]) -> int:
    return len(TermsWatch(dependencies(parts)).running_out())


SERVICE: Final = ServiceDefinition(
    name="deadlines",
    settings=DeadlinesSettings,
    views=lambda _: VIEWS,
    reactors=lambda settings: (ClockReactor(settings.arming),),
    routers=_routers,
    due_handler=_due_handler,
    gate=_gate,
    background=_background,
    figures=(
        Figure(
            "schools_running_out",
            "Schools whose terms are known for less than 60 days more: add the next ones.",
            _schools_running_out,
        ),
    ),
)

if __name__ == "__main__":
    main(SERVICE)
