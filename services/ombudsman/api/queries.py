"""What can be asked about referrals."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response

from services.ombudsman.application.referrals import Referrals
from services.ombudsman.views.desk.page import page
from shared.casework.actions import Actions, actions_of, answered
from shared.casework.commands import Reads
from shared.casework.policy import sees_restricted
from shared.casework.problems import READ_PROBLEMS
from shared.kit.keyring import Sealer, SourceEvent


def queries(referrals: Referrals, sealer: Sealer) -> APIRouter:
    routes = APIRouter(tags=["ombudsman"])

    @routes.get("/cases/{reference}/referrals", responses=READ_PROBLEMS)
    async def referrals_of_case(reference: str, who: Reads) -> dict[str, Any]:
        """Every referral of the case, with its letters and answers, as its streams have them."""
        case = await referrals.cases.find(reference, who, "referrals")
        found = [
            {
                "referral": str(referral),
                "version": len(history),
                "events": [
                    {
                        "type": recorded.envelope.wire_name,
                        "happened_at": recorded.envelope.happened_at,
                        **await sealer.unseal_all(recorded.event, SourceEvent.of(recorded.envelope)),
                    }
                    for recorded in history
                ],
            }
            for referral, history in await referrals.of(case)
        ]
        return {"reference": reference, "referrals": found}

    @routes.get("/cases/{reference}/actions", responses=READ_PROBLEMS)
    async def actions(
        reference: str,
        who: Reads,
        response: Response,
        ombudsman: str | None = None,
        their_reference: str | None = None,
    ) -> Actions:
        """What may be done with a referral now (a new one, where none is named), or why it is refused."""
        case = await referrals.cases.find(reference, who)
        offered, version = await referrals.offers(case, ombudsman, their_reference)
        named = {"ombudsman": ombudsman, "their_reference": their_reference}
        target = {name: value for name, value in named.items() if value is not None}
        return answered(reference, actions_of(reference, offered, version, target=target), version, response)

    @routes.get("/desk", responses=READ_PROBLEMS)
    async def desk(who: Reads, *, open: bool | None = None) -> dict[str, Any]:  # noqa: A002  the query's name
        """Every referral, oldest first: which wait for an answer, which are decided."""
        rows = await page(referrals.pool, restricted=sees_restricted(who), still_open=open)
        return {"referrals": rows}

    return routes
