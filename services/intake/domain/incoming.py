"""What every sender's message becomes before anything is decided: one model for all adapters.

Plain strings, as the sender wrote them; nothing is sealed, no date of ours is computed, no id is made here.
A field that the sender's format has not, or left empty, is `None` (or an empty tuple).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal

Precision = Literal["minute", "day", "unknown"]
Channel = Literal["web", "email", "phone", "post", "counter", "crm", "social-media"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmittedAt:
    """When the sender says it was submitted, as exactly as the format tells.

    Attributes:
        precision: `minute` (then `at` is set), `day` (then only `on` is) or `unknown` (neither is).
        at: an instant with its zone; an adapter reads a time without one as Europe/London.
        on: the sender's day, as written; for `minute` it may stay `None`: intake takes the London date of `at`.
    """

    precision: Precision = "unknown"
    at: datetime | None = None
    on: date | None = None

    @staticmethod
    def minute(at: datetime) -> SubmittedAt:
        """An instant that the sender wrote; it must carry a zone."""
        if at.tzinfo is None:
            raise ValueError("an instant needs a zone")
        return SubmittedAt(precision="minute", at=at.astimezone(UTC))

    @staticmethod
    def day(on: date) -> SubmittedAt:
        return SubmittedAt(precision="day", on=on)


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingPerson:
    """Somebody's details as the sender knows them.

    `customer_id` is the sender's own, stable number for this person; only with one is a person known again.
    An address is one text, its lines separated by line feeds, without the postcode.
    """

    name: str | None = None
    email: str | None = None
    phone: str | None = None
    address: str | None = None
    postcode: str | None = None
    customer_id: str | None = None
    organisation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingRepresentative:
    """Somebody who writes for the customer. `relation` is the authority that they claim, such as `advocate`."""

    person: IncomingPerson
    relation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingAttachment:
    """A file: its bytes inline, or the address where the sender keeps it. Exactly one of the two is set.

    `name` is what the sender called it and never a path of ours; zero bytes are a file, too.
    """

    name: str
    media_type: str = "application/octet-stream"
    content: bytes | None = None
    url: str | None = None

    def __post_init__(self) -> None:
        if (self.content is None) == (self.url is None):
            raise ValueError("an attachment has either bytes or an address")


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingContact:
    """One contact, however it came.

    Attributes:
        source_system: which system sent it, as its format names it (a form's name, an organisation's id).
        message_id: the sender's own id of this message, the only thing that makes a repeat for ever; none when
            the format has none. It must be unique per sender: an adapter whose format promises uniqueness only
            together with a source (CloudEvents) joins the two.
        source_case_ids: other systems' numbers for the matter.
        schema_name: the sender's format, such as `govuk-forms`; `schema_version` its version or empty.
        submitted_at: the sender's word on when; whether it is believed is not the adapter's business.
        channel: how the customer made contact, not how the message travelled.
        language: BCP 47, such as `en` or `cy`.
        customer: the person whose matter it is, or none (anonymous).
        representative: who writes for them, or none.
        subject: a title, if the format has one.
        text: the complaint, plain text, cleaned (markup, quoting, and controls removed); never empty.
        text_original: the same as the sender wrote it, where cleaning changed it.
        attachments: in the sender's order.
        service_hint: what the sender calls the service or department.
        category_hint: what the sender calls the kind of matter.
        location: where it happened, as text.
        latitude: WGS 84, with `longitude`, if the format has a point.
        details: whatever else the sender asked and was answered, as (question, answer) in the sender's order;
            shown below the text.
        historic: the sender marks it as an old matter that is only filed; nothing is sent, no timer armed.
    """

    source_system: str
    schema_name: str
    text: str
    schema_version: str = ""
    message_id: str | None = None
    source_case_ids: tuple[str, ...] = ()
    submitted_at: SubmittedAt = SubmittedAt()
    channel: Channel = "web"
    language: str = "en"
    customer: IncomingPerson | None = None
    representative: IncomingRepresentative | None = None
    subject: str | None = None
    text_original: str | None = None
    attachments: tuple[IncomingAttachment, ...] = ()
    service_hint: str | None = None
    category_hint: str | None = None
    location: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    details: tuple[tuple[str, str], ...] = ()
    historic: bool = False
