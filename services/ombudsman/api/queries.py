"""What can be asked about referrals."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends

from services.ombudsman.application import Desk, referral_id
from services.ombudsman.domain.policy import offers
from services.ombudsman.domain.state import INITIAL
from shared.kit.eventstore import as_answer
from shared.kit.http import Principal, require
from shared.kit.keyring import Sealer

Reader = Annotated[Principal, Depends(require("cases:read"))]


def queries(desk: Desk, sealer: Sealer) -> APIRouter:
    """The queries; personal texts are unsealed in the answer."""
    routes = APIRouter(tags=["ombudsman"])

    @routes.get("/cases/{reference}/referrals")
    async def referrals(reference: str, who: Reader) -> dict[str, Any]:
        """Every referral of the case, with its letters and answers, as its streams have them."""
        case = await desk.case(reference, who)
        found = [
            {
                "referral": str(referral),
                "version": len(history),
                "events": [
                    {
                        "type": recorded.envelope.wire_name,
                        "happened_at": recorded.envelope.happened_at,
                        **await sealer.unseal_all(recorded.event),
                    }
                    for recorded in history
                ],
            }
            for referral in await desk.referrals(case)
            if (history := await desk.history(referral))
        ]
        await desk.looked_at(case, who, "referrals")
        return {"reference": reference, "referrals": found}

    @routes.get("/cases/{reference}/actions")
    async def actions(
        reference: str, who: Reader, ombudsman: str | None = None, their_reference: str | None = None
    ) -> dict[str, Any]:
        """What may be done with a referral now (a new one, where none is named), or why it is refused."""
        case = await desk.case(reference, who)
        state, version = INITIAL, 0
        if ombudsman is not None and their_reference is not None:
            state, version = await desk.state(referral_id(case.case_id, ombudsman, their_reference))
        offered = [
            {
                "command": offer.kind,
                "options": offer.options,
                "refused": None if offer.refused is None else as_answer(offer.refused),
            }
            for offer in offers(state, desk.words)
        ]
        return {"reference": reference, "version": version, "actions": offered}

    @routes.get("/desk")
    async def list_desk(who: Reader, *, open: bool | None = None) -> dict[str, Any]:  # noqa: A002  the query's name
        """Every referral, oldest first: which wait for an answer, which are decided."""
        return {"referrals": [dict(row) for row in await desk.list(who, still_open=open)]}

    return routes
