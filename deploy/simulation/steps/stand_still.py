"""Clocks that stand still, or start anew: a fee, a clarification, proof of identity."""

from __future__ import annotations

from deploy.simulation.life import Life
from services.deadlines.domain.clock.pause import Pause
from services.deadlines.domain.clock.restart import Restart
from services.deadlines.domain.clock.resume import Resume
from shared.rules.regimes import rules


def restart(life: Life) -> None:
    """What the council needs is asked for, and comes in; or it goes on without."""
    for rule in life.rules.restarts:
        if not _comes_about(life, rule, "restart"):
            continue
        asked_on = life.today
        if life.chance("restart-recorded-at-once"):
            life.wait("came-in")
            life.ask_clocks(Restart(kind=rule.name, asked_on=asked_on, on=life.today))
            continue
        life.ask_clocks(Restart(kind=rule.name, asked_on=asked_on, reason=life.words("reason")))
        life.wait("came-in")
        if life.chance("restart-given-up"):
            life.ask_clocks(Resume(kind=rule.name, on=life.today))
        else:
            life.ask_clocks(Restart(kind=rule.name, on=life.today))


def pause(life: Life) -> None:
    """The regime's pause begins and ends."""
    for rule in life.rules.pauses:
        assert life.case.counts_from is not None
        if not rule.holds_for(life.case.counts_from) or not _comes_about(life, rule, "pause"):
            continue
        began_on = life.today
        if life.chance("pause-recorded-at-once"):
            life.wait("came-in")
            life.ask_clocks(Pause(kind=rule.name, on=began_on, until=life.today))
            continue
        life.ask_clocks(Pause(kind=rule.name, on=began_on, reason=life.words("reason")))
        life.wait("came-in")
        life.ask_clocks(Resume(kind=rule.name, on=life.today))


def _comes_about(life: Life, rule: rules.Pause | rules.Restart, name: str) -> bool:
    """By lot, while the clock that it stops runs and there is time to ask; not once a refusal has answered."""
    regime = life.case.regime or ""
    if not life.chance(name):
        return False
    life.wait("asked")
    runs = [run for clock in rule.clocks if (run := life.deadlines.clocks.latest(regime, clock, ""))]
    ask_by = None if rule.ask_by is None else life.deadlines.clocks.latest(regime, rule.ask_by, "")
    return (
        any(run.live and run.base_date <= life.today <= run.due_on for run in runs)
        and all(run.live for run in runs if run.role == rules.Role.DUTY.value)
        and runs[0].stage == life.case.stage
        and (ask_by is None or life.today <= ask_by.due_on)
    )
