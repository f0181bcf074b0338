"""Why a message must not leave, judged at the last moment before it would.

Departments aren't chased for what has arrived, is paused or is closed; a customer isn't written to where that is
unsafe or their data is erased. An answer still goes out on a case that was closed with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from services.notifications.domain.letter import EMAIL, Audience, Letter, Stop
from shared.contracts.deadlines import CONTRIBUTION
from shared.contracts.notifications import Requested


class Ground(StrEnum):
    """Why a message was suppressed; stands in events as its value."""

    HISTORIC = "historic"
    CASE_CLOSED = "case-closed"
    PAUSED = "paused"
    ANSWERED = "answered"
    CLOCK_STOPPED = "clock-stopped"
    DATE_MOVED = "date-moved"
    ASSIGNED_ELSEWHERE = "assigned-elsewhere"
    CONTACT_UNSAFE = "contact-unsafe"
    ERASED = "erased"
    NO_ADDRESS = "no-address"
    TOO_LATE = "too-late"


FOR_A_PERSON: Final = frozenset({Ground.CONTACT_UNSAFE, Ground.NO_ADDRESS})
"""A message kept back on one of these has to reach its reader another way, or nobody is told."""


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What is known of a case: its own events, folded.

    Attributes:
        closed: closed or refused, and not reopened.
        historic: imported or simulated: nothing is sent.
        safe_channels: the contact plan; None: there is none, so that any channel is safe.
        responded: the stages whose answer was issued or has left.
        contributions_over: the contributions that were received or withdrawn.
        customer_erased: the customer's keys were destroyed.
        officer_id: the officer who has it.
    """

    closed: bool = False
    historic: bool = False
    safe_channels: frozenset[str] | None = None
    responded: frozenset[str] = frozenset()
    contributions_over: frozenset[int] = frozenset()
    customer_erased: bool = False
    officer_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class ClockFacts:
    """What is known of one clock: `state` is `running`, `paused`, `missed`, `met` or `stopped`."""

    state: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """A message, and how its case and its clock stand now."""

    message: Requested
    case: CaseFacts
    clock: ClockFacts | None = None

    def clock_is(self, state: str) -> bool:
        return self.clock is not None and self.clock.state == state


_STOPS: Final[Mapping[Stop, tuple[Ground, Callable[[Meanwhile], bool]]]] = {
    Stop.CASE_CLOSED: (Ground.CASE_CLOSED, lambda now: now.case.closed),
    Stop.PART_ARRIVED: (
        Ground.ANSWERED,
        lambda now: (
            now.message.clock == CONTRIBUTION and now.message.occurrence in now.case.contributions_over
        ),
    ),
    Stop.ANSWERED: (
        Ground.ANSWERED,
        lambda now: now.message.stage in now.case.responded or now.clock_is("met"),
    ),
    Stop.PAUSED: (Ground.PAUSED, lambda now: now.clock_is("paused")),
    Stop.CLOCK_STOPPED: (Ground.CLOCK_STOPPED, lambda now: now.clock_is("stopped")),
    Stop.DATE_MOVED: (
        Ground.DATE_MOVED,
        lambda now: now.clock is not None and now.clock.due_on != now.message.due_on,
    ),
    Stop.ASSIGNED_ELSEWHERE: (
        Ground.ASSIGNED_ELSEWHERE,
        lambda now: now.message.recipient not in {None, now.case.officer_id},
    ),
}


def ground_against(letter: Letter, now: Meanwhile, today: date) -> Ground | None:
    """Why the message must not leave now; None: it may."""
    leave_by = now.message.leave_by
    if now.case.historic:
        return Ground.HISTORIC
    if leave_by is not None and today > leave_by:
        return Ground.TOO_LATE
    if letter.audience is Audience.CUSTOMER:
        if now.case.customer_erased:
            return Ground.ERASED
        if now.case.safe_channels is not None and EMAIL not in now.case.safe_channels:
            return Ground.CONTACT_UNSAFE
    stops = (_STOPS[stop] for stop in letter.stops)
    return next((ground for ground, holds in stops if holds(now)), None)
