"""Our own published format: `schemas/redress-contact.v1.json`, for a CRM that has none of its own."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from services.intake.adapters.adapter import Unreadable
from services.intake.adapters.cleaning import one_line, plain_text
from services.intake.adapters.document import load, message_id_in, pointer_to, without_nulls
from services.intake.adapters.media_type import media_type
from services.intake.adapters.moments import submitted_at
from services.intake.adapters.schema import Schema
from services.intake.domain.incoming import (
    IncomingAttachment,
    IncomingContact,
    IncomingPerson,
    IncomingRepresentative,
    SubmittedAt,
)

_SCHEMAS: Final = {"v1": Schema("redress-contact.v1.json")}
_OF_MEDIA_TYPE: Final = re.compile(r"application/vnd\.redress\.contact\.(v[0-9]{1,9})\+json")
_BLANK: Final = re.compile(r"[ \t\r\n]+")
_NOT_IN_AN_ADDRESS: Final = re.compile(r"[^!-~]")


class RedressContact:
    """`POST /contacts/json`."""

    name: Final = "json"

    def read(self, body: bytes, headers: Mapping[str, str]) -> IncomingContact:
        """The contact in a JSON body of a version that we know. Raises Unreadable."""
        return contact_of(load(body), version=version_of(media_type(headers)))


def version_of(media: str) -> str | None:
    """The version that a media type such as `application/vnd.redress.contact.v1+json` names, if it names one."""
    found = _OF_MEDIA_TYPE.fullmatch(media)
    return found[1] if found else None


def contact_of(document: Any, place: str = "", *, version: str | None = None) -> IncomingContact:
    """The contact that a JSON value in our format holds.

    `place` is where it stands in the message, for the pointers; `version` what is said of its version elsewhere.

    Raises:
        Unreadable: with the message id, where there is a good one.
    """
    document = without_nulls(document)
    try:
        return _contact_of(document, place, version)
    except Unreadable as fault:
        fault.message_id = message_id_in(document, "message_id")
        raise


def _contact_of(document: Any, place: str, version: str | None) -> IncomingContact:
    stated = document.get("schema") if isinstance(document, dict) else None
    for asked, where in ((version, ""), (stated, pointer_to(place, "schema"))):
        if isinstance(asked, str) and asked not in {*_SCHEMAS, ""}:
            raise Unreadable(
                "unsupported-version",
                "This version of the format isn't known here.",
                where,
                f"Supported: {', '.join(_SCHEMAS)}.",
            )
    schema = version or stated or "v1"
    _SCHEMAS[schema if isinstance(schema, str) else "v1"].check(document, place)
    text = plain_text(document["text"])
    if not text:
        raise Unreadable("empty", "The text is empty.", pointer_to(place, "text"), "At least one word.")
    location = document.get("location", {})
    spot = {"text": location} if isinstance(location, str) else location
    moment = document.get("submitted_at", "").strip()
    return IncomingContact(
        source_system=one_line(document.get("source", "")) or "json",
        schema_name="json",
        schema_version="v1",
        message_id=document.get("message_id", "").strip() or None,
        source_case_ids=tuple(
            number for number in map(str.strip, document.get("source_case_ids", ())) if number
        ),
        submitted_at=submitted_at(moment, pointer_to(place, "submitted_at")) if moment else SubmittedAt(),
        channel=document.get("channel") or "crm",
        language=document.get("language", "").strip() or "en",
        customer=_person(document.get("customer", {})),
        representative=_representative(document.get("representative", {})),
        subject=one_line(document.get("subject", "")) or None,
        text=text,
        text_original=document["text"] if document["text"] != text else None,
        attachments=tuple(
            _attachment(file, pointer_to(place, "attachments", index))
            for index, file in enumerate(document.get("attachments", ()))
        ),
        service_hint=one_line(document.get("service", "")) or None,
        category_hint=one_line(document.get("category", "")) or None,
        location=plain_text(spot.get("text", "")) or None,
        latitude=float(spot["latitude"]) if "latitude" in spot else None,
        longitude=float(spot["longitude"]) if "longitude" in spot else None,
        details=_details(document.get("details", ())),
        historic=document.get("historic", False),
    )


def _person(fields: dict[str, Any]) -> IncomingPerson | None:
    """The person, or none where nothing is said of one."""
    address = fields.get("address", "")
    words = {
        "address": plain_text(address if isinstance(address, str) else "\n".join(address)),
        "customer_id": fields.get("customer_id", "").strip(),
        **{
            name: one_line(fields.get(name, ""))
            for name in ("name", "organisation", "email", "phone", "postcode")
        },
    }
    person = IncomingPerson(**{name: word or None for name, word in words.items()})
    return None if person == IncomingPerson() else person


def _representative(fields: dict[str, Any]) -> IncomingRepresentative | None:
    relation = one_line(fields.get("relation", ""))
    person = _person(fields)
    if person is None and not relation:
        return None
    return IncomingRepresentative(person=person or IncomingPerson(), relation=relation or "not stated")


def _details(items: list[dict[str, str]]) -> tuple[tuple[str, str], ...]:
    asked = ((one_line(item["question"]), plain_text(item["answer"])) for item in items)
    return tuple((question, answer) for question, answer in asked if answer)


def _attachment(file: dict[str, str], place: str) -> IncomingAttachment:
    url = file.get("url", "").strip()
    if ("content_base64" in file) == bool(url):
        raise Unreadable(
            "bad-attachment", "A file has its bytes or an address.", place, "Either content_base64 or url."
        )
    name = re.split(r"[/\\]", one_line(file["name"]))[-1].strip() or "attachment"
    media = file.get("media_type", "").strip() or "application/octet-stream"
    if url:
        return IncomingAttachment(name=name, media_type=media, url=_https(url, pointer_to(place, "url")))
    content = _bytes(file["content_base64"], pointer_to(place, "content_base64"))
    return IncomingAttachment(name=name, media_type=media, content=content)


def _bytes(text: str, place: str) -> bytes:
    try:
        return base64.b64decode(_BLANK.sub("", text), validate=True)
    except (binascii.Error, ValueError) as error:
        raise Unreadable("bad-base64", "The bytes of a file can't be decoded.", place, "Base64.") from error


def _https(url: str, place: str) -> str:
    """The address, if it is one that may be fetched some day. Nothing is fetched here."""
    try:
        parts = urlsplit(url)
        good = parts.scheme == "https" and parts.hostname and "@" not in parts.netloc and (parts.port or True)
    except ValueError:
        good = False
    if not good or _NOT_IN_AN_ADDRESS.search(url):
        raise Unreadable(
            "bad-url", "The address of a file can't be used.", place, "https://, no user name or password."
        )
    return url
