"""A letter of a stage is issued, and seen to until it has left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from deploy.simulation.council import Staff
from deploy.simulation.life import Life
from services.intake.domain.case.letters import EMAIL, POST, LetterCommand, Means
from services.notifications.domain.message import Given, Status
from services.notifications.domain.message.settle import Settle, may

Write = Callable[[Means, date | None], LetterCommand]
_FOR_A_PERSON: Final = {Status.OUTCOME_UNKNOWN, Status.FAILED, Status.SUPPRESSED}


def send(life: Life, purpose: str, write: Write, who: Staff | None = None) -> None:
    """By email where that may be, else by post; what never left by email is posted. Raises `Over`, `Refused`.

    Where no channel is left there is no letter.
    """
    stage = life.case.stage
    if _by_email(life):
        life.ask(write(EMAIL, None), who)
    while (letter := life.case.letter(purpose, stage)) is None or letter.sent_on is None:
        if letter is not None:
            life.wait("see-to-letter")
            see_to(life, purpose)
        elif life.case.may_use(POST):
            life.ask(write(POST, life.today), who)
        else:
            return


def see_to(life: Life, purpose: str) -> None:
    """Somebody finds out what became of the messages that didn't leave, or of which nobody knows."""
    for notification, written_for in list(life.notifications.messages.items()):
        state = life.notifications.state(notification)
        if written_for != purpose or state.status not in _FOR_A_PERSON:
            continue
        choices = may(state, Given(life.officer.principal, life.world.now))
        arrived = len(choices) > 1 and life.chance("attempt-found-arrived")
        day = choices[0].values["sent_on"][0] if arrived else None
        life.settle(Settle(notification=notification, arrived=arrived, sent_on=day))


def _by_email(life: Life) -> bool:
    possible = life.may_email and life.case.has_email and life.case.may_use(EMAIL)
    return possible and (life.chance("letter-goes-by-email") or not life.case.may_use(POST))
