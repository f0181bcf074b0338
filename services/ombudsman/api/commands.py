"""What officers record about a referral."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from services.ombudsman.api.bodies import (
    AnswerEnquiry,
    OpenReferral,
    RecordDecision,
    RecordEnquiry,
    Referral,
)
from services.ombudsman.application import Case, Desk, referral_id, reservation, today
from services.ombudsman.domain import commands as c
from shared.kit.eventstore import Handled, ReferenceTaken
from shared.kit.http import Circumstances, Done, Principal, Problem, circumstances, done, require

Writer = Annotated[Principal, Depends(require("cases:write"))]
With = Annotated[Circumstances, Depends(circumstances)]
Build = Callable[[Case, UUID], c.AnyReferralCommand]
Giver = Callable[[str, Principal, Circumstances, Referral, Build], Awaitable[Handled]]


def commands(desk: Desk, mark: Callable[[bytes], bytes]) -> APIRouter:
    """The commands; `mark` recognises a command id that is used for another body."""
    routes = APIRouter(tags=["ombudsman"])
    give = _giver(desk, mark)

    @routes.post("/cases/{reference}/open-referral")
    async def open_referral(
        reference: str, body: OpenReferral, who: Writer, given: With, response: Response
    ) -> Done:
        """Records that the Ombudsman took up the case."""

        def build(case: Case, referral: UUID) -> c.OpenReferral:
            return c.OpenReferral(
                today=today(), owner=case.owner, referral=referral, case_id=case.case_id, **body.model_dump()
            )

        return done(await give(reference, who, given, body, build), response)

    @routes.post("/cases/{reference}/record-enquiry")
    async def record_enquiry(
        reference: str, body: RecordEnquiry, who: Writer, given: With, response: Response
    ) -> Done:
        """Records a letter that asks for an answer: its clock starts."""

        def build(case: Case, _: UUID) -> c.RecordEnquiry:
            return c.RecordEnquiry(today=today(), owner=case.owner, **_beyond_referral(body))

        return done(await give(reference, who, given, body, build), response)

    @routes.post("/cases/{reference}/answer-enquiry")
    async def answer_enquiry(
        reference: str, body: AnswerEnquiry, who: Writer, given: With, response: Response
    ) -> Done:
        """Records the answer that was sent: the enquiry's clock is met."""

        def build(case: Case, _: UUID) -> c.AnswerEnquiry:
            return c.AnswerEnquiry(today=today(), owner=case.owner, **_beyond_referral(body))

        return done(await give(reference, who, given, body, build), response)

    @routes.post("/cases/{reference}/record-decision")
    async def record_decision(
        reference: str, body: RecordDecision, who: Writer, given: With, response: Response
    ) -> Done:
        """Records the Ombudsman's decision."""

        def build(case: Case, _: UUID) -> c.RecordDecision:
            return c.RecordDecision(today=today(), owner=case.owner, **_beyond_referral(body))

        return done(await give(reference, who, given, body, build), response)

    return routes


def _giver(desk: Desk, mark: Callable[[bytes], bytes]) -> Giver:
    async def give(
        reference: str, who: Principal, given: Circumstances, body: Referral, build: Build
    ) -> Handled:
        case = await desk.case(reference, who)
        referral = referral_id(case.case_id, body.ombudsman, body.their_reference)
        command = build(case, referral)
        order = given.order(who, reference=reference, mark=mark)
        if isinstance(command, c.OpenReferral):
            order = replace(
                order, reference=reservation(case, body.ombudsman, body.their_reference, referral)
            )
        try:
            return await desk.give(case, referral, command, order)
        except ReferenceTaken:
            raise Problem(
                409,
                "referral-elsewhere",
                f"{body.their_reference} is recorded on another case.",
                "Look the reference up on the Ombudsman's letter again.",
            ) from None

    return give


def _beyond_referral(body: Referral) -> dict[str, Any]:
    """The body's fields besides those that say which referral is meant."""
    return body.model_dump(exclude=set(Referral.model_fields))
