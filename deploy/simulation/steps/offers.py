"""What may be done with a case now, by the rules themselves."""

from __future__ import annotations

from typing import Any

from deploy.simulation.council import Staff
from deploy.simulation.life import Life
from deploy.simulation.world import case_rules
from services.intake.domain.case import Given
from services.intake.domain.case.close import CLOSE
from shared.kit.decider import Choices, Offer, Slice


def ending(life: Life) -> str:
    """A ground on which the case can be closed now, by its share."""
    (choice,) = choices(life, CLOSE)
    grounds = choice.values["ground"]
    return life.pick({ground: share for ground, share in life.often.endings.items() if ground in grounds})


def can(life: Life, what: Slice[Any, Any, Any, Any], who: Staff | None = None) -> bool:
    """Whether this is offered to them, or to the officer."""
    return _offer(life, what, who).refused is None


def choices(life: Life, what: Slice[Any, Any, Any, Any]) -> Choices:
    """What is offered to the officer; nothing, where it is refused."""
    return _offer(life, what).choices


def _offer(life: Life, what: Slice[Any, Any, Any, Any], who: Staff | None = None) -> Offer:
    given = Given(now=life.world.now, who=(who or life.officer).principal, rules=case_rules())
    return what.offer(life.case, given)
