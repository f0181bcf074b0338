"""What can be asked of a case. Time, ids and what other streams know come in on the command.

`now` is the instant of the decision; `happened_at` is when it happened: the same, or earlier where an officer
says so; `who` is the principal, such as `person:<uuid>`. Texts are plain here: the decider says whose they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from shared.contracts.intake import Attachment, Customer, Receipt, Representative
from shared.kit.events import Personal, SealedBlob
from shared.rules.calendar.london import london_day


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCommand:
    """What every command to a case carries."""

    kind: ClassVar[str]
    now: datetime
    happened_at: datetime
    who: str

    @property
    def today(self) -> date:
        """The London day of the decision."""
        return london_day(self.now)

    @property
    def happened_on(self) -> date:
        """The London day on which it happened."""
        return london_day(self.happened_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Open(CaseCommand):
    """A contact is to become a case. Its bytes are sealed and stored already."""

    kind: ClassVar[str] = "open"
    reference: str
    channel: str
    adapter: str
    sender: str
    sender_message_id: str | None
    source_case_ids: tuple[str, ...]
    receipt: Receipt
    language: str
    customer: Customer
    representative: Representative | None
    subject: Personal | None
    text: Personal
    service_hint: str | None
    category_hint: str | None
    location: Personal | None
    original: SealedBlob
    attachments: tuple[Attachment, ...]
    likely_repeat_of: str | None = None
    historic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRepeat(CaseCommand):
    """The sender sent the message id of this case again, with other bytes."""

    kind: ClassVar[str] = "note-repeat"
    sender: str
    sender_message_id: str
    original: SealedBlob


@dataclass(frozen=True, slots=True, kw_only=True)
class Triage(CaseCommand):
    """Under which regime the case goes, and whether only some may see it."""

    kind: ClassVar[str] = "triage"
    regime: str
    restricted: bool = False
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refuse(CaseCommand):
    """The council doesn't accept the matter under this regime."""

    kind: ClassVar[str] = "refuse"
    regime: str
    ground: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assign(CaseCommand):
    """A department, named as it is today, answers for the case; perhaps through one of its officers."""

    kind: ClassVar[str] = "assign"
    department_id: UUID
    department_name: str
    officer_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledge(CaseCommand):
    """The acknowledgement of the current stage. `means` is `email`, or `post` with the day it was posted."""

    kind: ClassVar[str] = "acknowledge"
    means: str
    subject: str
    text: str
    sent_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Respond(CaseCommand):
    """The answer of the current stage. `means` as for an acknowledgement."""

    kind: ClassVar[str] = "respond"
    outcome: str
    means: str
    subject: str
    text: str
    sent_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSent(CaseCommand):
    """A letter of this stage left on `sent_on`. `purpose` is `acknowledgement` or `response`."""

    kind: ClassVar[str] = "record-sent"
    purpose: str
    stage: str
    sent_on: date
    notification: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordNotSent(CaseCommand):
    """A letter of this stage that was handed on to be emailed never left."""

    kind: ClassVar[str] = "record-not-sent"
    purpose: str
    stage: str
    notification: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestContribution(CaseCommand):
    """A department is asked for its part of the answer."""

    kind: ClassVar[str] = "request-contribution"
    department_id: UUID
    department_name: str
    question: str
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveContribution(CaseCommand):
    """A department's part came in."""

    kind: ClassVar[str] = "receive-contribution"
    contribution: int
    text: str
    received_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawContribution(CaseCommand):
    """A part isn't needed any more."""

    kind: ClassVar[str] = "withdraw-contribution"
    contribution: int
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestEscalation(CaseCommand):
    """The customer asks for the next stage; a reason is never demanded (Housing Ombudsman Code 6.12)."""

    kind: ClassVar[str] = "request-escalation"
    requested_on: date
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordBaseDate(CaseCommand):
    """A day from which the regime counts and that only an officer knows."""

    kind: ClassVar[str] = "record-base-date"
    base: str
    on: date
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetContactPlan(CaseCommand):
    """The only channels by which the customer may be reached."""

    kind: ClassVar[str] = "set-contact-plan"
    safe_channels: tuple[str, ...]
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddNote(CaseCommand):
    """An officer's note."""

    kind: ClassVar[str] = "note"
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Close(CaseCommand):
    """The case ends."""

    kind: ClassVar[str] = "close"
    ground: str
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopen(CaseCommand):
    """The case goes on."""

    kind: ClassVar[str] = "reopen"
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordReferral(CaseCommand):
    """The Ombudsman has taken the matter up."""

    kind: ClassVar[str] = "record-referral"
    ombudsman: str
    referral: UUID
    their_reference: str
    referred_on: date


OfficerCommand = (
    Triage
    | Refuse
    | Assign
    | Acknowledge
    | Respond
    | RequestContribution
    | ReceiveContribution
    | WithdrawContribution
    | RequestEscalation
    | RecordBaseDate
    | SetContactPlan
    | AddNote
    | Close
    | Reopen
)
"""What a person asks for; what may be asked now, `policy` says."""

AnyCaseCommand = OfficerCommand | Open | NoteRepeat | RecordSent | RecordNotSent | RecordReferral
