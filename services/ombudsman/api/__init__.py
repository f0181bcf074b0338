"""The Ombudsman desk over HTTP."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter

from services.ombudsman.api.queries import queries
from services.ombudsman.application.referrals import Referrals
from services.ombudsman.domain.referral import FOR_OFFICERS
from shared.casework.commands import command_routes
from shared.kit.keyring import Sealer


def routers(referrals: Referrals, sealer: Sealer) -> Sequence[APIRouter]:
    commands = [each.command for each in FOR_OFFICERS]
    return (
        command_routes(referrals.cases, commands, referrals.give),
        queries(referrals, sealer),
    )
