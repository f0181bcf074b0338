"""What notifications decides: each message to a department or a customer, and every attempt to send it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from uuid import UUID

from shared.kit.events import Event, Fact, Personal, event

EXTENSION_NOTICE: Final = "extension-notice"
"""The `purpose` of the letter that an extension waits for."""


@event("redress.notifications.requested.v1")
class Requested(Event):
    """A message is to be sent, with the text that will leave.

    `purpose` is the letter's name in the table of letters, such as `reminder`, `response` or `delay-notice`.
    `audience` is `department`, `officer` or `customer`. `about` is the event that asked for it. `stage`, `clock`,
    `occurrence` and `proposal` say what it is about, where that applies. `message_id` is the Message-ID,
    derived from the stream. `recipient` is the person, officer or unit that `to` belongs to. `due_on` is the date
    that a message to a department speaks of; after `leave_by` the message would be untrue and doesn't leave.
    Without `to` and `text` there was nobody to write to, and `suppressed` follows at once. A morning digest is about no
    single case: it has no `reference`, and its key is the officer's id.
    """

    notification: UUID
    purpose: str
    audience: str
    about: UUID
    template: str
    message_id: str
    reference: str | None = None
    recipient: UUID | None = None
    to: Personal | None = None
    subject: Personal | None = None
    text: Personal | None = None
    stage: str | None = None
    clock: str | None = None
    occurrence: int | None = None
    proposal: int | None = None
    rung: str | None = None
    recipient_unit: UUID | None = None
    due_on: date | None = None
    leave_by: date | None = None


@event("redress.notifications.attempt-began.v1")
class AttemptBegan(Event):
    """An attempt begins: recorded before the first byte leaves.

    Without a result by `answer_by` it ends as `outcome-unknown`.
    """

    attempt: int
    began_at: datetime
    answer_by: datetime


@event("redress.notifications.sent.v1")
class Sent(Event):
    """The mail server took the message; `sent_on` is the London date. The purpose is said again for readers.

    `answer` is the server's, here and below, with the recipient's address taken out.
    """

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

    purpose: str
    attempt: int
    code: int | None = None
    answer: str
    try_again_at: datetime


@event("redress.notifications.failed.v1")
class Failed(Event):
    """The server refused for good (5xx), or the tries are used up: a person has to act."""

    notification: UUID
    purpose: str
    attempt: int
    code: int | None = None
    answer: str
    stage: str | None = None


@event("redress.notifications.suppressed.v1")
class Suppressed(Event):
    """Not sent: `ground` such as `contact-unsafe`, `no-address`, `case-closed`, `paused`, `answered`, `erased`."""

    notification: UUID
    purpose: str
    ground: str
    stage: str | None = None


@event("redress.notifications.outcome-unknown.v1")
class OutcomeUnknown(Event):
    """An attempt began and its result was never learnt. A person settles it; the machine never sends it again."""

    purpose: str
    attempt: int


@event("redress.notifications.outcome-settled.v1")
class OutcomeSettled(Event):
    """A person found out whether the message arrived (`arrived`), and on which day it had been sent.

    A message that failed or was suppressed is settled as not arrived once somebody has seen to it another way.
    """

    notification: UUID
    purpose: str
    arrived: bool
    sent_on: date | None = None
    stage: str | None = None
    clock: str | None = None
    occurrence: int | None = None
    proposal: int | None = None


class DueClock(Fact):
    """A clock with its date."""

    clock: str
    occurrence: int
    due_on: date


@event("redress.notifications.named-in-digest.v1")
class NamedInDigest(Event):
    """The digest that was written for the officer on the morning of `digest_on` names this case, with what was due.

    `notification` is the message; whether it left stands there.
    """

    notification: UUID
    officer_id: UUID
    digest_on: date
    due: tuple[DueClock, ...]


NotificationEvent = (
    Requested | AttemptBegan | Sent | AttemptFailed | Failed | Suppressed | OutcomeUnknown | OutcomeSettled
)
"""Every event of a `notification-<uuid>` stream."""
DigestEvent = NamedInDigest
"""The event of a `digest-<case>` stream."""
