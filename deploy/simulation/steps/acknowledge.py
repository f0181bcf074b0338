"""The acknowledgement of a stage."""

from __future__ import annotations

from deploy.simulation.life import Life
from deploy.simulation.steps.letters import send
from deploy.simulation.steps.offers import can
from services.intake.domain.case.acknowledge import ACKNOWLEDGE, Acknowledge
from services.intake.domain.case.letters import ACKNOWLEDGEMENT


def acknowledge(life: Life) -> None:
    """Mostly in time, sometimes late, now and then never."""
    if not life.chance("acknowledges"):
        return
    life.wait("acknowledge-late" if life.chance("acknowledged-late") else "acknowledge")
    if can(life, ACKNOWLEDGE):
        send(
            life,
            ACKNOWLEDGEMENT,
            lambda means, sent_on: Acknowledge(
                means=means,
                subject=life.words("acknowledgement_subject"),
                text=life.words("acknowledgement"),
                sent_on=sent_on,
            ),
        )
