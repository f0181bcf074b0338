"""The customer asks for the next stage."""

from __future__ import annotations

from deploy.simulation.life import Life
from deploy.simulation.steps.offers import can
from services.intake.domain.case import Standing
from services.intake.domain.case.letters import RESPONSE
from services.intake.domain.case.request_escalation import REQUEST_ESCALATION, RequestEscalation


def escalate(life: Life) -> bool:
    """After an answer, whether the case was closed with it or not, or refused. Tells whether there is another stage
    to live.
    """
    answer = life.case.letter(RESPONSE, life.case.stage)
    answered = life.case.standing is Standing.REFUSED or (answer is not None and answer.sent_on is not None)
    if not answered or not can(life, REQUEST_ESCALATION):
        return False
    if life.rng.random() >= life.often.escalations[life.rules.name]:
        return False
    life.wait("escalation")
    reason = life.words("escalation") if life.chance("reason-given") else None
    life.ask(RequestEscalation(requested_on=life.today, reason=reason))
    return True
