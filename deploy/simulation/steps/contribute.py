"""Departments are asked for their part of the answer."""

from __future__ import annotations

from datetime import timedelta

from deploy.simulation.life import Life
from services.deadlines.domain.clock.change_given_date import ChangeGivenDate
from services.deadlines.domain.clock.names import CONTRIBUTION
from services.intake.domain.case.receive_contribution import ReceiveContribution
from services.intake.domain.case.request_contribution import RequestContribution
from services.intake.domain.case.withdraw_contribution import WithdrawContribution


def contribute(life: Life) -> None:
    """One or two are asked; each part comes in, in time or late, or isn't needed any more."""
    if not life.chance("contribution"):
        return
    _ask(life)
    if life.chance("second-contribution"):
        _ask(life)
    for number in life.case.outstanding:
        _end(life, number)


def _ask(life: Life) -> None:
    life.wait("asked")
    others = [each for each in life.council.departments if each is not life.department]
    due_on = life.today + timedelta(days=life.days("contribution-due"))
    life.ask(
        RequestContribution(
            department=life.rng.choice(others).code, question=life.words("question"), due_on=due_on
        )
    )
    if life.chance("contribution-moved"):
        life.wait("asked")
        number = max(life.case.contributions)
        moved = max(due_on, life.today) + timedelta(days=life.days("contribution-moved"))
        life.ask_clocks(
            ChangeGivenDate(clock=CONTRIBUTION, occurrence=number, due_on=moved, reason=life.words("reason"))
        )


def _end(life: Life, number: int) -> None:
    if life.chance("contribution-withdrawn"):
        life.wait("asked")
        life.ask(WithdrawContribution(contribution=number, reason=life.words("reason")))
        return
    due_on = life.deadlines.clocks.runs[(CONTRIBUTION, number)].due_on
    if life.chance("contribution-late"):
        life.wait_until(due_on + timedelta(days=life.days("contribution-late")))
    else:
        life.wait_until(due_on - timedelta(days=life.days("contribution-early")))
    life.ask(ReceiveContribution(contribution=number, text=life.words("part"), received_on=life.today))
