"""Why a message must not leave, judged at the last moment before it would.

Departments aren't chased for what has arrived, is paused or is closed; a customer isn't written to where that is
unsafe or their data is erased. An answer still goes out on a case that was closed with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from services.notifications.domain.purposes import CONTRIBUTION, EMAIL, Audience, Purpose


class Ground(StrEnum):
    """Why a message was suppressed; stands in events as its value."""

    HISTORIC = "historic"
    CASE_CLOSED = "case-closed"
    PAUSED = "paused"
    ANSWERED = "answered"
    CLOCK_STOPPED = "clock-stopped"
    DATE_MOVED = "date-moved"
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
    """

    closed: bool = False
    historic: bool = False
    safe_channels: frozenset[str] | None = None
    responded: frozenset[str] = frozenset()
    contributions_over: frozenset[int] = frozenset()
    customer_erased: bool = False


@dataclass(frozen=True, slots=True)
class ClockFacts:
    """What is known of one clock: `state` is `running`, `paused`, `missed`, `met` or `stopped`."""

    state: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Letter:
    """What the message is about, as far as it matters for whether it may leave."""

    purpose: Purpose
    stage: str | None = None
    clock: str | None = None
    occurrence: int | None = None
    due_on: date | None = None
    leave_by: date | None = None


def ground_against(letter: Letter, case: CaseFacts, clock: ClockFacts | None, today: date) -> Ground | None:
    """Why the message must not leave now; None: it may."""
    to_customer = letter.purpose.audience is Audience.CUSTOMER
    return _first(
        (case.historic, Ground.HISTORIC),
        (letter.leave_by is not None and today > letter.leave_by, Ground.TOO_LATE),
    ) or (_to_customer(letter, case, clock) if to_customer else _to_department(letter, case, clock))


def _to_customer(letter: Letter, case: CaseFacts, clock: ClockFacts | None) -> Ground | None:
    notice = letter.purpose in {Purpose.DELAY_NOTICE, Purpose.EXTENSION_NOTICE}
    state = None if clock is None else clock.state
    return _first(
        (case.customer_erased, Ground.ERASED),
        (case.safe_channels is not None and EMAIL not in case.safe_channels, Ground.CONTACT_UNSAFE),
        (notice and case.closed, Ground.CASE_CLOSED),
        (notice and (letter.stage in case.responded or state == "met"), Ground.ANSWERED),
        (notice and state == "stopped", Ground.CLOCK_STOPPED),
    )


def _to_department(letter: Letter, case: CaseFacts, clock: ClockFacts | None) -> Ground | None:
    part_arrived = letter.clock == CONTRIBUTION and letter.occurrence in case.contributions_over
    reminder = letter.purpose is Purpose.REMINDER
    state = None if clock is None else clock.state
    return _first(
        (case.closed, Ground.CASE_CLOSED),
        (part_arrived, Ground.ANSWERED),
        (reminder and (letter.stage in case.responded or state == "met"), Ground.ANSWERED),
        (reminder and state == "paused", Ground.PAUSED),
        (reminder and state == "stopped", Ground.CLOCK_STOPPED),
        (reminder and clock is not None and clock.due_on != letter.due_on, Ground.DATE_MOVED),
    )


def _first(*tests: tuple[bool, Ground]) -> Ground | None:
    """The ground of the first test that holds."""
    return next((ground for holds, ground in tests if holds), None)
