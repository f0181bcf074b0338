"""What can be asked of a message. Times come in on the command."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shared.contracts.notifications import Requested


@dataclass(frozen=True, slots=True)
class Request:
    """Write this message down to be sent; with `ground`, write down why it will not be."""

    message: Requested
    ground: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """Begin the next attempt; its result is waited for until `answer_by`."""

    now: datetime
    answer_by: datetime


@dataclass(frozen=True, slots=True)
class RecordAccepted:
    """The server took the message of that attempt."""

    attempt: int
    at: datetime
    answer: str


@dataclass(frozen=True, slots=True)
class RecordRefusedForNow:
    """The server refused that attempt for now, or could not be reached.

    `waits` is the back-off: how long to wait after the first, second ... attempt; after the last there is none.
    """

    attempt: int
    at: datetime
    code: int | None
    answer: str
    waits: tuple[timedelta, ...]


@dataclass(frozen=True, slots=True)
class RecordRefusedForGood:
    """The server refused that attempt for good."""

    attempt: int
    code: int | None
    answer: str


@dataclass(frozen=True, slots=True)
class RecordNoAnswer:
    """The connection was lost after the message had gone and before the answer came."""

    attempt: int


@dataclass(frozen=True, slots=True)
class Suppress:
    """Don't send it."""

    ground: str


@dataclass(frozen=True, slots=True)
class GiveUpWaiting:
    """Nobody is left to learn the result of the claimed attempt."""

    now: datetime


@dataclass(frozen=True, slots=True)
class Settle:
    """`principal` found out whether the message arrived, and on which day it had been sent."""

    principal: str
    arrived: bool
    sent_on: date | None


Command = (
    Request
    | Claim
    | RecordAccepted
    | RecordRefusedForNow
    | RecordRefusedForGood
    | RecordNoAnswer
    | Suppress
    | GiveUpWaiting
    | Settle
)
