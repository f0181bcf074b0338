"""The clocks of one case: which run, from when, until when, and what became of each.

A file a feature: its command, what it may take now, what follows. To add one, write its file and name it here.
"""

from __future__ import annotations

from typing import Final

from services.deadlines.domain.clock.change_given_date import CHANGE_GIVEN_DATE
from services.deadlines.domain.clock.command import OfficerCommand, TimerCommand
from services.deadlines.domain.clock.evolve import evolve
from services.deadlines.domain.clock.given import Given, RegimeBook
from services.deadlines.domain.clock.hear import HEAR
from services.deadlines.domain.clock.lapse import LAPSE
from services.deadlines.domain.clock.pass_due import PASS_DUE
from services.deadlines.domain.clock.pause import PAUSE
from services.deadlines.domain.clock.propose_extension import PROPOSE_EXTENSION
from services.deadlines.domain.clock.recalculate import (
    RECALCULATE,
    ClockDecider,
    recalculated_first,
    up_to_date,
)
from services.deadlines.domain.clock.record_notice import RECORD_NOTICE
from services.deadlines.domain.clock.remind import REMIND
from services.deadlines.domain.clock.restart import RESTART
from services.deadlines.domain.clock.resume import RESUME
from services.deadlines.domain.clock.state import INITIAL, Clocks
from shared.kit.decider import Offer, decider, offers

FOR_OFFICERS: Final = (PROPOSE_EXTENSION, RECORD_NOTICE, PAUSE, RESUME, RESTART, CHANGE_GIVEN_DATE)
"""What an officer can do."""
TIMERS: Final = (REMIND, PASS_DUE, LAPSE)
"""What comes due."""
OWED: Final = (HEAR, RECORD_NOTICE, RECALCULATE, *TIMERS)
"""What other services, the mail server's word among it, the calendar and time bring."""


def clock_decider(given: Given) -> ClockDecider:
    """The rules of a case's clocks under these circumstances.

    Its decisions raise `UnknownRegime` where a case goes under one that this program doesn't have.
    """
    return recalculated_first(decider((*FOR_OFFICERS, *OWED), evolve, INITIAL, given), given)


def clock_offers(state: Clocks, given: Given) -> tuple[Offer, ...]:
    """What an officer may do with the clocks now, and why not the rest."""
    return offers(FOR_OFFICERS, up_to_date(state, given), given)


__all__ = [
    "FOR_OFFICERS",
    "INITIAL",
    "OWED",
    "TIMERS",
    "ClockDecider",
    "Clocks",
    "Given",
    "OfficerCommand",
    "RegimeBook",
    "TimerCommand",
    "clock_decider",
    "clock_offers",
    "evolve",
]
