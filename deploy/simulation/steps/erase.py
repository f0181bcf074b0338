"""The customer's data are destroyed."""

from __future__ import annotations

from deploy.simulation.life import Life
from services.intake.domain.person import Erase


def erase(life: Life) -> None:
    """Long after it all; not in a running system, where nobody's data are worth a command."""
    if life.setting.filed or not life.chance("erased"):
        return
    life.wait("erasure")
    person = life.case.owner
    assert person is not None
    head = life.department.staff[-1]
    life.intake.to_person(Erase(person_id=person, ground="article-17"), person, life.cause(head.principal))
    life.world.settle()
