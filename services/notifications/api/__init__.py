"""Messages over HTTP."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter

from services.notifications.api.queries import queries
from services.notifications.application.messages import Messages
from services.notifications.domain.message import FOR_OFFICERS
from shared.casework.commands import command_routes


def routers(messages: Messages) -> Sequence[APIRouter]:
    commands = [each.command for each in FOR_OFFICERS]
    return (command_routes(messages.its.cases, commands, messages.give), queries(messages))
