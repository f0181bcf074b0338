"""Under which regime a case goes."""

from __future__ import annotations

from datetime import timedelta

from deploy.simulation.life import Life
from deploy.simulation.world import case_rules
from services.intake.domain.case.correct_receipt import CorrectReceipt
from services.intake.domain.case.triage import Triage


def triage(life: Life) -> None:
    """Under the right one, mostly; some cases are hidden from most."""
    life.wait("triage")
    regime = life.regime
    if life.chance("wrong-regime"):
        regime = life.rng.choice([each for each in case_rules().triable() if each != life.regime])
    restricted = life.chance("restricted")
    life.ask(
        Triage(
            regime=regime,
            school=_school(life, regime),
            restricted=restricted,
            reason=life.words("restriction") if restricted else None,
        )
    )


def correct_receipt(life: Life) -> None:
    """It turns out that a colleague had it a few days earlier."""
    if not life.chance("receipt-corrected"):
        return
    assert life.case.received_on is not None
    life.wait("correction")
    day = life.case.received_on - timedelta(days=life.rng.randint(1, 5))
    life.ask(CorrectReceipt(received_on=day, reason=life.words("receipt"), evidence=life.words("evidence")))


def correct(life: Life) -> None:
    """A case that went under the wrong regime is moved."""
    if life.case.regime == life.regime or not life.case.is_open:
        return
    life.wait("correction")
    life.ask(
        Triage(
            regime=life.regime,
            school=_school(life, life.regime),
            restricted=life.case.restricted,
            reason=life.words("correction"),
        )
    )


def _school(life: Life, regime: str) -> str | None:
    """One of the council's, where the regime counts a school's days."""
    assert life.case.received_on is not None
    if not case_rules().in_force(regime, life.case.received_on).needs_school:
        return None
    return life.rng.choice(case_rules().schools())
