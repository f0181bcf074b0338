"""The answer of a stage."""

from __future__ import annotations

from datetime import date, timedelta

from deploy.simulation.council import Staff
from deploy.simulation.life import Life
from deploy.simulation.steps.letters import send
from deploy.simulation.steps.offers import can
from services.intake.domain.case.letters import RESPONSE
from services.intake.domain.case.respond import RESPOND, Respond
from shared.rules.regimes.rules import Means, Role, Trigger


def respond(life: Life) -> None:
    """In time or late, by somebody with fresh eyes where the regime wants that."""
    who = _who(life)
    due_on = _due_on(life)
    late = life.chance("late")
    if due_on is None:
        life.wait("answer-without-date")
    elif late:
        life.wait_until(max(due_on, life.today) + timedelta(days=life.days("late")))
    else:
        left = max((due_on - life.today).days, 0)
        life.wait_until(life.today + timedelta(days=round(left * life.rng.betavariate(4, 2))))
    if not can(life, RESPOND, who):
        return
    outcome = life.pick(life.often.outcomes)

    def write(means: Means, sent_on: date | None) -> Respond:
        return Respond(
            outcome=outcome,
            means=means,
            subject=life.words("answer_subject"),
            text=life.words("answer"),
            sent_on=sent_on,
        )

    if life.chance("recorded-later") and life.case.may_use(Means.POST):
        posted_on = life.today
        life.wait_until(max(due_on or posted_on, posted_on) + timedelta(days=life.days("recorded-later")))
        life.ask(write(Means.POST, posted_on), who)
    else:
        send(life, RESPONSE, write, who)


def _due_on(life: Life) -> date | None:
    answered = Trigger("responded", life.case.stage)
    runs = [
        run
        for run in life.deadlines.clocks.live()
        if run.regime == life.case.regime
        and not run.about
        and Role(run.role).owed
        and life.rules.clock(run.clock).met_by == answered
    ]
    return max((run.due_on for run in runs), default=None)


def _who(life: Life) -> Staff:
    before = set(life.case.answered_by.values())
    return next((each for each in life.department.staff if each.principal not in before), life.officer)
