"""The steps of a life, in the order in which they come. A feature that a case can live through adds its step here.

A step looks whether it comes about in this life, and does it: it asks the deciders for what people do. What the
services do about it, they do by themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from deploy.simulation.life import Life, Over
from deploy.simulation.steps.acknowledge import acknowledge
from deploy.simulation.steps.assign import assign, assign_to_another
from deploy.simulation.steps.begin_anew import begin_anew
from deploy.simulation.steps.close import close, close_without_answer, reopen
from deploy.simulation.steps.contribute import contribute
from deploy.simulation.steps.erase import erase
from deploy.simulation.steps.escalate import escalate
from deploy.simulation.steps.extend import extend
from deploy.simulation.steps.note import note, say_how_soon, say_how_to_reach, send_again
from deploy.simulation.steps.receive import receive
from deploy.simulation.steps.record_days import record_days
from deploy.simulation.steps.refer import refer
from deploy.simulation.steps.refuse import refuse
from deploy.simulation.steps.respond import respond
from deploy.simulation.steps.stand_still import pause, restart
from deploy.simulation.steps.triage import correct, correct_receipt, triage

Step = Callable[[Life], None]

BEGINNING: Final[tuple[Step, ...]] = (
    receive,
    send_again,
    say_how_to_reach,
    triage,
    correct_receipt,
    say_how_soon,
    assign,
    correct,
    refuse,
)
"""Once, from the contact on."""
EACH_STAGE: Final[tuple[Step, ...]] = (
    acknowledge,
    record_days,
    assign_to_another,
    restart,
    pause,
    contribute,
    extend,
    note,
    close_without_answer,
    respond,
    close,
)
"""While the case is open, in each of its stages."""
ENDING: Final[tuple[Step, ...]] = (refer, reopen, erase)
"""Once, when no further stage is asked for, and it doesn't become another matter."""


def live(life: Life) -> None:
    """Lives it to its end, or to that of the simulation."""
    try:
        for step in BEGINNING:
            step(life)
        while True:
            for step in EACH_STAGE:
                if life.case.is_open:
                    step(life)
            if not escalate(life) and not begin_anew(life):
                break
        for step in ENDING:
            step(life)
    except Over:
        return
    life.finish()
