"""What notifications decides: each message to a department or a customer, and every attempt to send it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from shared.contracts.event import Event
from shared.contracts.registry import event
from shared.contracts.sealed import Personal


@event("redress.notifications.requested.v1")
class Requested(Event):
    """A message is to be sent, with the text that will leave.

    `purpose`: `reminder`, `acknowledgement`, `response`, `delay-notice`, `extension-notice`. `audience` is
    `department` or `customer`. `about` is the event that asked for it. `stage`, `clock`, `occurrence` and
    `proposal` say what it is about, where that applies. `message_id` is the Message-ID, derived from the stream.
    """

    notification: UUID
    purpose: str
    audience: str
    about: UUID
    reference: str
    template: str
    to: Personal
    subject: Personal
    text: Personal
    message_id: str
    stage: str | None = None
    clock: str | None = None
    occurrence: int | None = None
    proposal: int | None = None
    rung: str | None = None
    recipient_unit: UUID | None = None


@event("redress.notifications.claimed.v1")
class Claimed(Event):
    """An attempt begins: recorded before the first byte leaves. Without a result it ends as `outcome-unknown`."""

    attempt: int


@event("redress.notifications.sent.v1")
class Sent(Event):
    """The mail server took the message; `sent_on` is the London date. The purpose is said again for readers."""

    notification: UUID
    purpose: str
    attempt: int
    sent_on: date
    sent_at: datetime
    message_id: str
    answer: str
    stage: str | None = None
    clock: str | None = None
    occurrence: int | None = None
    proposal: int | None = None


@event("redress.notifications.attempt-failed.v1")
class AttemptFailed(Event):
    """The server refused for now (4xx) or could not be reached; the next try is at `try_again_at`."""

    attempt: int
    code: int | None = None
    answer: str
    try_again_at: datetime


@event("redress.notifications.failed.v1")
class Failed(Event):
    """The server refused for good (5xx), or the tries are used up: a person has to act."""

    purpose: str
    attempt: int
    code: int | None = None
    answer: str


@event("redress.notifications.suppressed.v1")
class Suppressed(Event):
    """Not sent: `ground` such as `contact-unsafe`, `no-address`, `case-closed`, `paused`, `answered`, `erased`."""

    ground: str


@event("redress.notifications.outcome-unknown.v1")
class OutcomeUnknown(Event):
    """An attempt was claimed and its result never learnt. A person settles it; the machine never sends it again."""

    purpose: str
    attempt: int


@event("redress.notifications.outcome-settled.v1")
class OutcomeSettled(Event):
    """A person found out whether the message arrived (`arrived`), and on which day it had been sent."""

    notification: UUID
    purpose: str
    arrived: bool
    sent_on: date | None = None
    stage: str | None = None
    clock: str | None = None
    occurrence: int | None = None
    proposal: int | None = None
