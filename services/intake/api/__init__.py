"""Intake over HTTP: contacts, quarantine, cases, units, people, staff."""

from __future__ import annotations

from fastapi import APIRouter

from services.intake.api import cases, commands, contacts, listing, people, quarantine, staff, units
from services.intake.application.desk import Desk


def routers(desk: Desk) -> list[APIRouter]:
    """Every route of intake."""
    parts = (contacts, quarantine, listing, cases, commands, units, people, staff)
    return [part.router(desk) for part in parts]
