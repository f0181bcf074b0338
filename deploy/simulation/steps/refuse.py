"""The council doesn't accept the matter, and sometimes thinks again."""

from __future__ import annotations

from deploy.simulation.life import Life
from services.intake.application.rulebook import load_rulebook
from services.intake.domain.case.refuse import Refuse
from services.intake.domain.case.reopen import Reopen


def refuse(life: Life) -> None:
    """Under a regime about whose refusal somebody may be asked."""
    regime = life.case.regime
    if regime not in load_rulebook().refusable() or not life.chance("refused"):
        return
    life.wait("refused")
    ground = life.pick(life.often.refusals)
    life.ask(Refuse(regime=regime, ground=ground, reason=life.words("refusal")))
    if life.chance("refusal-reconsidered"):
        life.wait("reconsidered")
        life.ask(Reopen(reason=life.words("again")))
