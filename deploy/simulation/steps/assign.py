"""Who answers for the case."""

from __future__ import annotations

from deploy.simulation.life import Life
from services.intake.domain.case.assign import Assign


def assign(life: Life) -> None:
    """The department, mostly through one of its officers."""
    _to(life)


def assign_to_another(life: Life) -> None:
    """It turns out to be another department's."""
    if not life.chance("assigned-to-another"):
        return
    life.wait("reassigned")
    others = [each for each in life.council.departments if each is not life.department]
    life.department = life.rng.choice(others)
    life.officer = life.rng.choice(life.department.staff[:-1])
    _to(life)


def _to(life: Life) -> None:
    """A historic case is nobody's work."""
    named = life.chance("officer-assigned") and not life.setting.historic
    officer = life.officer.person_id if named else None
    life.ask(Assign(department=life.department.code, officer=officer), life.department.staff[-1])
