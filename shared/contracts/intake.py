"""What intake decides: cases, contacts without a case, people, units. Staff stand in `staff.py`.

Dates (`_on`) are London dates. `Personal` fields are sealed under the key of the person whose data it is,
in this case.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from shared.kit.events import Event, Fact, Personal, SealedBlob, event


class Receipt(Fact):
    """When the council received something, and on whose word.

    `precision` is `minute`, `day` or `unknown`; `said_by` is `sender`, `officer` or `redress`. `claimed_on` is the day
    that came with it where another one counts: it is in the future, or its sender isn't believed. `doubtful`: a person
    has to look at the day, because it is more than a year back, or was in the future.
    """

    received_on: date
    received_at: datetime | None = None
    precision: str
    said_by: str
    claimed_on: date | None = None
    doubtful: bool = False


class Person(Fact):
    """Somebody outside the council, and how to reach them."""

    person_id: UUID
    name: Personal | None = None
    email: Personal | None = None
    phone: Personal | None = None
    address: Personal | None = None
    postcode: Personal | None = None
    organisation: Personal | None = None


class Customer(Person):
    """The person whose matter it is."""


class Representative(Person):
    """Somebody who acts for the customer, with the authority that they claim (such as `advocate`)."""

    relation: str


class Attachment(Fact):
    """A file that came with a contact: sealed bytes, or the sender's address of it, to be fetched later."""

    name: Personal
    media_type: str
    content: SealedBlob | None = None
    url: Personal | None = None


@event("redress.intake.case-opened.v1")
class CaseOpened(Event):
    """A contact became a case. The regime isn't known yet: triage decides it.

    `adapter` and `sender` say how it came; `sender_message_id` is the sender's own id of the message, the
    only thing that makes a repeat for ever; `source_case_ids` are other systems' numbers for the matter.
    """

    reference: str
    channel: str
    adapter: str
    sender: str
    sender_message_id: str | None = None
    source_case_ids: tuple[str, ...] = ()
    receipt: Receipt
    language: str = "en"
    customer: Customer | None = None
    representative: Representative | None = None
    subject: Personal | None = None
    text: Personal
    service_hint: str | None = None
    category_hint: str | None = None
    location: Personal | None = None
    original: SealedBlob
    attachments: tuple[Attachment, ...] = ()
    likely_repeat_of: str | None = None
    historic: bool = False


@event("redress.intake.contact-repeated.v1")
class ContactRepeated(Event):
    """The sender sent a message id again with other bytes: kept, and noted on the case that it made."""

    sender: str
    sender_message_id: str
    original: SealedBlob


@event("redress.intake.triaged.v1")
class Triaged(Event):
    """An officer decided under which regime the case goes. A second triage moves it to another regime.

    `received_on` is the day from which it counts: of the receipt, or the one on which it became another matter (a
    service request that became a complaint). `school` is the one whose governing body received the request, where the
    regime counts a school's days.
    """

    regime: str
    regime_version: str
    stage: str
    received_on: date
    previous_regime: str | None = None
    reason: Personal | None = None
    restricted: bool = False
    school: str | None = None


@event("redress.intake.receipt-corrected.v1")
class ReceiptCorrected(Event):
    """An officer found on which day the case was really received, or that a doubtful day is right.

    `regime_version` is the version of the case's regime that was in force then; none where it has no regime yet.
    """

    received_on: date
    previous_on: date
    regime_version: str | None = None
    reason: Personal
    evidence: Personal | None = None


@event("redress.intake.first-contact-corrected.v1")
class FirstContactCorrected(Event):
    """An officer found on which day a case was really received that counts from a later one: its dates stay."""

    received_on: date
    previous_on: date
    reason: Personal
    evidence: Personal | None = None


@event("redress.intake.assigned.v1")
class Assigned(Event):
    """A department answers for the case, perhaps through an officer (a person of staff); its name as it was."""

    department_id: UUID
    department_name: str
    officer_id: UUID | None = None


@event("redress.intake.acknowledgement-issued.v1")
class AcknowledgementIssued(Event):
    """The acknowledgement was written and handed on to be sent (`means`: `email`) or posted (`post`)."""

    stage: str
    means: str
    subject: Personal
    text: Personal


@event("redress.intake.acknowledged.v1")
class Acknowledged(Event):
    """The acknowledgement left on `sent_on`: by the notification, or as the officer says who posted it."""

    stage: str
    sent_on: date
    means: str
    notification: UUID | None = None


@event("redress.intake.contribution-requested.v1")
class ContributionRequested(Event):
    """A department is asked for its part of one answer, due on a day that the officer gives."""

    contribution: int
    department_id: UUID
    department_name: str
    question: Personal
    due_on: date


@event("redress.intake.contribution-received.v1")
class ContributionReceived(Event):
    """A department's part came in on `received_on`."""

    contribution: int
    department_id: UUID
    text: Personal
    received_on: date


@event("redress.intake.contribution-withdrawn.v1")
class ContributionWithdrawn(Event):
    """The part isn't needed any more; nobody is chased for it."""

    contribution: int
    reason: Personal | None = None


@event("redress.intake.response-issued.v1")
class ResponseIssued(Event):
    """The answer was written and handed on to be sent or posted. `outcome` is the regime's own word for it.

    `answered_by` is the principal who wrote it: where the next stage wants fresh eyes, it may not be them.
    """

    stage: str
    outcome: str
    means: str
    subject: Personal
    text: Personal
    answered_by: str | None = None


@event("redress.intake.responded.v1")
class Responded(Event):
    """The answer left on `sent_on`."""

    stage: str
    sent_on: date
    means: str
    notification: UUID | None = None


@event("redress.intake.refusal-issued.v1")
class RefusalIssued(Event):
    """The refusal was written and handed on to be sent or posted; `means` is `none` where no notice is owed.

    `ground` is the regime's name for the reason, `citation` its rule, `ombudsman` who may be asked about it, by full
    name. `considered` is what was weighed where the ground leaves a choice. `answered_by` as in `response-issued`.
    """

    stage: str
    ground: str
    citation: str
    ombudsman: str
    means: str
    subject: Personal | None = None
    text: Personal | None = None
    considered: Personal | None = None
    answered_by: str | None = None


@event("redress.intake.case-refused.v1")
class CaseRefused(Event):
    """The refusal left on `sent_on`: it answers the stage. `means` is `none` where no notice is owed (FOIA s.17(6))."""

    stage: str
    ground: str
    citation: str
    ombudsman: str
    sent_on: date
    means: str
    notification: UUID | None = None


@event("redress.intake.letter-not-sent.v1")
class LetterNotSent(Event):
    """A letter that was handed on to be emailed (`purpose`: `acknowledgement`, `response`, `refusal`) never left.

    It has to be issued again, or posted.
    """

    purpose: str
    stage: str
    notification: UUID


@event("redress.intake.escalation-requested.v1")
class EscalationRequested(Event):
    """The customer asked for the next stage on `requested_on`. No reason need be given."""

    from_stage: str
    stage: str
    requested_on: date
    reason: Personal | None = None


@event("redress.intake.base-date-recorded.v1")
class BaseDateRecorded(Event):
    """A day from which the regime counts and which only an officer knows, such as when a panel met.

    `base` is the regime's name for it; a later record of the same base prevails.
    """

    base: str
    on: date
    reason: Personal | None = None


@event("redress.intake.contact-plan-set.v1")
class ContactPlanSet(Event):
    """How the customer may be reached safely: no message leaves by a channel that isn't in `safe_channels`."""

    safe_channels: tuple[str, ...]
    reason: Personal | None = None


@event("redress.intake.priority-set.v1")
class PrioritySet(Event):
    """How soon the case is looked at beside others: `urgent`, `high`, `normal` or `low`. No date rests on it."""

    priority: str
    reason: Personal


@event("redress.intake.note-added.v1")
class NoteAdded(Event):
    """An officer's note on the case."""

    text: Personal


@event("redress.intake.referred-to-ombudsman.v1")
class ReferredToOmbudsman(Event):
    """The Ombudsman has the matter; `referral` is the ombudsman case."""

    ombudsman: str
    referral: UUID
    their_reference: str
    referred_on: date


@event("redress.intake.closed.v1")
class Closed(Event):
    """The case is closed; its clocks stop. `ground` is a word such as `answered` or `withdrawn`."""

    ground: str
    closed_on: date
    reason: Personal | None = None


@event("redress.intake.reopened.v1")
class Reopened(Event):
    """The case is open again."""

    reason: Personal | None = None


@event("redress.intake.contact-quarantined.v1")
class ContactQuarantined(Event):
    """A message that can't be read is kept, sealed under a key of its own, with the place of the fault.

    `pointer` is a JSON pointer into the message (RFC 6901), empty for the whole of it.
    `headers` are those of its headers that belong to the message, as a JSON object of names and values.
    """

    adapter: str
    sender: str
    sender_message_id: str | None = None
    code: str
    pointer: str
    original: SealedBlob
    headers: Personal | None = None
    received_at: datetime


@event("redress.intake.contact-sent-through.v1")
class ContactSentThrough(Event):
    """A quarantined message was mended and became a case, or the case that it had made already."""

    reference: str
    case_id: UUID


@event("redress.intake.contact-discarded.v1")
class ContactDiscarded(Event):
    """A quarantined message was given up, by an officer or after 90 days; its key is destroyed."""

    reason: str


@event("redress.intake.person-registered.v1")
class PersonRegistered(Event):
    """A person is known; `sender` is the system whose own customer number led to this person, if any did."""

    person_id: UUID
    sender: str | None = None


@event("redress.intake.person-erased.v1")
class PersonErased(Event):
    """A person's keys were destroyed, in every case. Events and figures stay; the texts are gone."""

    person_id: UUID
    ground: str


@event("redress.intake.unit-registered.v1")
class UnitRegistered(Event):
    """A team or a department (`kind`: `team`, `department`), with the address that its mail goes to."""

    unit_id: UUID
    code: str
    name: str
    kind: str
    email: Personal


@event("redress.intake.unit-renamed.v1")
class UnitRenamed(Event):
    """A unit has a new name; events that were recorded before keep the old one."""

    unit_id: UUID
    name: str


CaseEvent = (
    CaseOpened
    | ContactRepeated
    | Triaged
    | ReceiptCorrected
    | FirstContactCorrected
    | Assigned
    | AcknowledgementIssued
    | Acknowledged
    | ContributionRequested
    | ContributionReceived
    | ContributionWithdrawn
    | ResponseIssued
    | Responded
    | RefusalIssued
    | CaseRefused
    | LetterNotSent
    | EscalationRequested
    | BaseDateRecorded
    | ContactPlanSet
    | PrioritySet
    | NoteAdded
    | ReferredToOmbudsman
    | Closed
    | Reopened
)
"""Every event of a `case-<uuid>` stream."""
ContactEvent = ContactQuarantined | ContactSentThrough | ContactDiscarded
"""Every event of a `contact-<uuid>` stream."""
PersonEvent = PersonRegistered | PersonErased
"""The events of a `person-<uuid>` stream that are not about staff."""
UnitEvent = UnitRegistered | UnitRenamed
"""Every event of a `unit-<uuid>` stream."""
