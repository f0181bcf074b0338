"""A contact comes in and becomes a case; what can't be read waits in quarantine first."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from deploy.simulation.council import Staff
from deploy.simulation.life import Life, Over, Posted
from deploy.simulation.machines.intake import RETENTION
from services.intake.adapters.redress_contact import RedressContact
from services.intake.application import sealing
from services.intake.domain.case.open_case import OpenCase
from services.intake.domain.contact import Discard, Quarantine, SendThrough
from services.intake.domain.incoming import IncomingAttachment, IncomingContact
from services.intake.domain.person import Register
from services.intake.domain.received import instant_of, receipt
from shared.contracts.ids import contact_id
from shared.contracts.intake import Attachment, CaseOpened
from shared.kit.events import Plain, SealedBlob
from shared.rules.regimes.policy import load_policy

_SENDERS: Final = {"web": "system:website", "email": "system:mailbox", "crm": "system:crm"}
"""Whom other channels' contacts come from: everything else is written down by an officer."""
_JSON: Final = "application/json"
_UNREADABLE: Final = b'{"text": '
_SPAM: Final = "spam"


def receive(life: Life) -> None:
    """The case, with its people; or nothing, where nobody mends what can't be read. Raises `Over`."""
    channel = life.pick(life.often.channels)
    document = _document(life, channel)
    sender = _SENDERS.get(channel, life.officer.principal)
    received_at = life.at
    unreadable = not life.setting.filed and life.chance("unreadable")
    acting = _mended(life, sender) if unreadable else sender
    life.asked.append(Posted("intake", f"/contacts/{RedressContact.name}", document, life.officer))
    body = json.dumps(document).encode()
    contact = RedressContact().read(body, {"Content-Type": _JSON})
    owner = life.id_of("customer")
    by_officer = sender.startswith("person:")
    received = receipt(
        contact.submitted_at,
        life.setting.until if life.setting.filed else received_at,
        believed=by_officer or life.setting.filed,
        policy=load_policy(),
        said_by="officer" if by_officer or life.setting.filed else "sender",
    )
    opened = CaseOpened(
        reference=life.reference,
        channel=contact.channel,
        adapter=RedressContact.name,
        sender=sender,
        sender_message_id=sealing.message_id(contact.message_id),
        receipt=received,
        language=contact.language,
        customer=sealing.customer(contact.customer, owner),
        representative=sealing.representative(contact, life.id_of("representative")),
        subject=sealing.subject(contact, owner),
        text=sealing.text(contact, owner),
        original=blob(body, owner),
        attachments=tuple(_attachment(each, owner) for each in contact.attachments),
        historic=contact.historic,
    )
    cause = life.cause(acting)
    life.intake.to_case(OpenCase(opened=opened), acting, cause, instant_of(received))
    _register(life, contact, owner, acting)
    life.world.settle()


def blob(data: bytes, owner: UUID) -> SealedBlob:
    """Names bytes that nobody has sealed: by their own hash, under their owner's id for a key."""
    return SealedBlob(key_id=owner, sha256=hashlib.sha256(data).hexdigest(), size=len(data), media_type=_JSON)


def _document(life: Life, channel: str) -> dict[str, Any]:
    """The contact in our own format, as it would come to the front door."""
    subject, text = life.council.letter(life.regime, life.rng)
    found: dict[str, Any] = {
        "message_id": life.identity,
        "submitted_at": life.at.isoformat(),
        "channel": channel,
        "language": life.pick(life.often.languages),
        "subject": subject,
        "text": text,
        "historic": life.setting.historic,
    }
    if not life.chance("anonymous"):
        found["customer"] = _person(life)
    if life.chance("represented"):
        relation = life.rng.choice(life.council.names["relations"])
        found["representative"] = {**_person(life), "relation": relation}
    if life.chance("has-attachment"):
        found["attachments"] = [
            {"name": "letter.txt", "media_type": "text/plain", "content_base64": "QSBsZXR0ZXIuCg=="}
        ]
    return found


def _person(life: Life) -> dict[str, str]:
    name = life.council.somebody(life.rng)
    found = {
        "name": name,
        "address": f"{life.rng.randint(1, 120)} {life.rng.choice(life.council.names['streets'])}",
        "postcode": life.rng.choice(life.council.names["postcodes"]),
    }
    if life.chance("has-email"):
        found["email"] = f"{name.lower().replace(' ', '.')}@customers.example"
    return found


def _attachment(file: IncomingAttachment, owner: UUID) -> Attachment:
    content = blob(file.content or b"", owner).model_copy(update={"media_type": file.media_type})
    return Attachment(name=Plain(file.name, owner), media_type=file.media_type, content=content)


def _register(life: Life, contact: IncomingContact, owner: UUID, acting: str) -> None:
    people = [owner] if contact.representative is None else [owner, life.id_of("representative")]
    for person in people:
        life.intake.to_person(Register(person_id=person), person, life.cause(acting))


def _mended(life: Life, sender: str) -> str:
    """Keeps the message until somebody mends it; gives who that was. Raises `Over`: nobody did."""
    contact = contact_id(*life.opening)
    kept = Quarantine(
        adapter=RedressContact.name,
        sender=sender,
        sender_message_id=None,
        code="not-json",
        pointer="",
        original=blob(_UNREADABLE, contact),
        received_at=life.at,
    )
    life.intake.to_contact(kept, contact, life.cause(sender))
    life.world.settle()
    if life.chance("mended-late"):
        life.pass_to(life.at + RETENTION + timedelta(days=1))
        raise Over
    life.wait("quarantine")
    officer: Staff = life.officer
    cause = life.cause(officer.principal)
    if life.chance("discarded"):
        life.intake.to_contact(Discard(reason=_SPAM), contact, cause)
        life.world.settle()
        raise Over
    through = SendThrough(reference=life.reference, case_id=life.world.case_id)
    life.intake.to_contact(through, contact, cause)
    return officer.principal
