"""A case ends, and sometimes goes on."""

from __future__ import annotations

from deploy.simulation.life import Life
from deploy.simulation.steps.offers import can, ending
from services.intake.domain.case.close import ANSWERED, Close
from services.intake.domain.case.letters import RESPONSE
from services.intake.domain.case.reopen import REOPEN, Reopen


def close_without_answer(life: Life) -> None:
    """It is withdrawn, was sent twice, or nobody replies."""
    if not life.chance("not-answered"):
        return
    life.wait("answer-without-date")
    life.ask(Close(ground=ending(life), reason=life.words("reason")))


def close(life: Life) -> None:
    """Some days after the answer, if ever."""
    answer = life.case.letter(RESPONSE, life.case.stage)
    if answer is None or answer.sent_on is None or not life.chance("closed-after-answer"):
        return
    life.wait("close")
    life.ask(Close(ground=ANSWERED))


def reopen(life: Life) -> None:
    """Something was forgotten; it is made good, and the case ends again."""
    if not life.chance("reopened") or not can(life, REOPEN):
        return
    life.wait("reopening")
    life.ask(Reopen(reason=life.words("again")))
    life.wait("close")
    life.ask(Close(ground=ending(life)))
