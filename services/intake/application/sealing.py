"""From an incoming contact to the values of a case's first event: whose each text is, files sealed and stored."""

from __future__ import annotations

import re
from typing import Final
from uuid import UUID

from services.intake.domain.incoming import IncomingAttachment, IncomingContact, IncomingPerson
from shared.contracts.intake import Attachment, Customer, Person, Representative
from shared.kit.events import Plain
from shared.kit.keyring import Sealer

_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f]+")
_LONGEST: Final = 300
"""Characters of a sender's word that isn't free text."""
_LONGEST_ID: Final = 2_001
"""Of a message id: a CloudEvent's source and id of 1,000 each and the blank between them."""


def well_formed(text: str) -> str:
    """The text without halves of surrogate pairs, which JSON can say and UTF-8 can't."""
    return text.encode("utf-8", "replace").decode()


def word(text: str) -> str:
    """A sender's own word (a number, a service's name) in one line and within bounds."""
    return _CONTROLS.sub(" ", well_formed(text)).strip()[:_LONGEST]


def optional_word(text: str | None) -> str | None:
    """As `word`; None for nothing."""
    return word(text) or None if text else None


def message_id(text: str | None) -> str | None:
    """The sender's id of a message in one line and in full, so that no two ids look alike; None for nothing."""
    return _CONTROLS.sub(" ", well_formed(text)).strip()[:_LONGEST_ID] or None if text else None


def customer(person: IncomingPerson | None, person_id: UUID) -> Customer:
    """The customer; of an anonymous one only the id, so that there is a key for what they wrote."""
    return Customer(person_id=person_id, **_details(person or IncomingPerson(), person_id))


def representative(contact: IncomingContact, person_id: UUID) -> Representative | None:
    """Who writes for the customer, under a key of their own."""
    if contact.representative is None:
        return None
    return Representative(
        person_id=person_id,
        **_details(contact.representative.person, person_id),
        relation=word(contact.representative.relation),
    )


def _details(person: IncomingPerson, owner: UUID) -> dict[str, Plain | None]:
    names = Person.model_fields.keys() - {"person_id"}
    return {name: _plain(getattr(person, name), owner) for name in names}


def text(contact: IncomingContact, owner: UUID) -> Plain:
    """What they wrote, with the form's other questions and answers below it."""
    answers = "\n".join(f"{question}: {answer}" for question, answer in contact.details)
    return Plain(well_formed("\n\n".join(part for part in (contact.text, answers) if part)), owner)


def location(contact: IncomingContact, owner: UUID) -> Plain | None:
    """Where it happened, in words and, if there is a point, as latitude and longitude (WGS 84)."""
    point = None
    if contact.latitude is not None and contact.longitude is not None:
        point = f"{contact.latitude}, {contact.longitude}"
    return _plain("\n".join(part for part in (contact.location, point) if part), owner)


def subject(contact: IncomingContact, owner: UUID) -> Plain | None:
    return _plain(contact.subject, owner)


ORIGINAL: Final = "original"
"""The field of an event in which the message stands as it came."""


def content_of(place: int) -> str:
    """The field in which the bytes of an attachment stand, counted from 0."""
    return f"attachments.{place}.content"


async def attachment(
    file: IncomingAttachment, place: int, owner: UUID, case: UUID, sealer: Sealer
) -> Attachment:
    """A file, sealed and stored; or where the sender keeps it."""
    content = None
    if file.content is not None:
        content = await sealer.seal_bytes(file.content, owner, case, content_of(place), word(file.media_type))
    return Attachment(
        name=Plain(well_formed(file.name), owner),
        media_type=word(file.media_type),
        content=content,
        url=_plain(file.url, owner),
    )


def _plain(value: str | None, owner: UUID) -> Plain | None:
    return Plain(well_formed(value), owner) if value else None
