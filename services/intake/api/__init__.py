"""Intake over HTTP: contacts, quarantine, cases, units, people, staff."""

from __future__ import annotations

from fastapi import APIRouter

from services.intake.api import cases, contacts, listing, people, quarantine, staff, units
from services.intake.application.cases import CaseCommands
from services.intake.application.dependencies import Dependencies
from services.intake.domain.case import FOR_OFFICERS
from shared.casework.commands import command_routes


def routers(dependencies: Dependencies) -> list[APIRouter]:
    desk = CaseCommands(dependencies)
    commands = [each.command for each in FOR_OFFICERS]
    return [
        contacts.router(dependencies),
        quarantine.router(dependencies),
        listing.router(dependencies),
        cases.router(dependencies, desk),
        command_routes(desk.cases, commands, desk.give),
        units.router(dependencies),
        people.router(dependencies),
        staff.router(dependencies),
    ]
