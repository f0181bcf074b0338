"""CloudEvents 1.0 over HTTP: an envelope, structured or binary, around our own format or around a plain text.

SourceEvent and id together are what the format promises to be unique, so they make the message id.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import unquote_to_bytes

from services.intake.adapters.adapter import Unreadable
from services.intake.adapters.cleaning import one_line
from services.intake.adapters.document import load, pointer_to, without_nulls
from services.intake.adapters.media_type import charset, media_type
from services.intake.adapters.moments import submitted_at
from services.intake.adapters.redress_contact import contact_of, version_of
from services.intake.domain.incoming import IncomingContact, SubmittedAt

_VERSION: Final = "1.0"
_NEEDED: Final = ("specversion", "id", "source", "type")
_READ: Final = (*_NEEDED, "time", "subject", "dataschema", "datacontenttype")
_LONGEST: Final = 1_000
_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_QUOTED: Final = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ESCAPED: Final = re.compile(r"\\(.)")
_OUR_SCHEMA: Final = re.compile(r"(?:.*[/:])?redress-contact\.(v[0-9]{1,9})\.json")
_CHARSETS: Final = frozenset(("utf-8", "utf8", "us-ascii", "iso-8859-1", "windows-1252"))


@dataclass(frozen=True, slots=True)
class _Event:
    """An event of either mode.

    Attributes:
        attributes: those that are read here.
        at: where the attributes stand in the body; `None` where they are headers.
        data: a JSON value, or bytes that are still to be read as the content type says.
        data_at: where the data stands in the body.
        content: the headers that say what the data is.
    """

    attributes: dict[str, str]
    at: str | None
    data: Any
    data_at: str
    content: Mapping[str, str]

    def place(self, attribute: str) -> str:
        """The pointer to an attribute; empty where it is a header."""
        return _place(self.at, attribute)

    @property
    def message_id(self) -> str:
        """A source has no blanks, so the first one ends it."""
        return f"{self.attributes['source']} {self.attributes['id']}"


class CloudEvents:
    """`POST /contacts/cloudevents`."""

    name: Final = "cloudevents"

    def read(self, body: bytes, headers: Mapping[str, str]) -> IncomingContact:
        """The contact in one event. Raises Unreadable, also for a batch."""
        media = media_type(headers)
        if media.startswith("application/cloudevents-batch"):
            raise _batch()
        if media.startswith("application/cloudevents") and media != "application/cloudevents+json":
            raise Unreadable(
                "unsupported-format",
                "This event format isn't read here.",
                detail="Send application/cloudevents+json, or the attributes as ce- headers.",
            )
        binary = not media.startswith("application/cloudevents") and any(
            name.startswith("ce-") for name in headers
        )
        event = _binary(body, headers) if binary else _structured(body)
        try:
            return _contact(event)
        except Unreadable as fault:
            fault.message_id = event.message_id
            raise


def _structured(body: bytes) -> _Event:
    document = load(body)
    if isinstance(document, list):
        raise _batch()
    if not isinstance(document, dict):
        raise Unreadable("wrong-type", "An event is a JSON object.")
    present = {name: value for name, value in document.items() if value is not None}
    attributes = {name: present[name] for name in _READ if name in present}
    _check(attributes, "")
    if "data" in present and "data_base64" in present:
        raise Unreadable("two-data", "An event has either data or data_base64.", "/data_base64")
    content = {"content-type": attributes.get("datacontenttype", "")}
    if "data_base64" not in present:
        return _Event(attributes, "", present.get("data"), "/data", content)
    try:
        data = base64.b64decode(present["data_base64"], validate=True)
    except (TypeError, ValueError, binascii.Error) as error:
        raise Unreadable(
            "bad-base64", "The event's data can't be decoded.", "/data_base64", "Base64."
        ) from error
    return _Event(attributes, "", data, "/data_base64", content)


def _binary(body: bytes, headers: Mapping[str, str]) -> _Event:
    attributes = {name: _header(name, headers[f"ce-{name}"]) for name in _READ if f"ce-{name}" in headers}
    _check(attributes, None)
    return _Event(attributes, None, body, "", {"content-type": headers.get("content-type", "")})


def _header(name: str, value: str) -> str:
    """A header's value as the HTTP binding says (3.1.3.2): quotes undone, then one round of percent-decoding."""
    quoted = _QUOTED.fullmatch(value.strip())
    text = _ESCAPED.sub(r"\1", quoted[1]) if quoted else value
    try:
        return unquote_to_bytes(text.encode("ascii")).decode("utf-8")
    except UnicodeError as error:
        raise Unreadable(
            "bad-header", f"The header ce-{name} can't be decoded.", detail="Percent-encoded UTF-8."
        ) from error


def _check(attributes: dict[str, Any], at: str | None) -> None:
    for name in _READ:
        value = attributes.get(name)
        what = f"The header ce-{name}" if at is None else f"The attribute {name!r}"
        place = _place(at, name)
        if name in attributes and (
            not isinstance(value, str) or _CONTROLS.search(value) or len(value) > _LONGEST
        ):
            raise Unreadable(
                "bad-attribute", f"{what} can't be used.", place, f"Text of one line, at most {_LONGEST:,}."
            )
        if name in _NEEDED and not (value or "").strip():
            raise Unreadable("missing-field", f"{what} is missing.", place)
    if attributes["specversion"] != _VERSION:
        raise Unreadable(
            "unsupported-version",
            "This specversion isn't known here.",
            _place(at, "specversion"),
            f"Supported: {_VERSION}.",
        )
    if any(map(str.isspace, attributes["source"])):
        raise Unreadable(
            "bad-attribute", "A source is a URI reference, without blanks.", _place(at, "source")
        )


def _place(at: str | None, attribute: str) -> str:
    return "" if at is None else pointer_to(at, attribute)


def _contact(event: _Event) -> IncomingContact:
    attributes = event.attributes
    time = attributes.get("time", "").strip()
    at = submitted_at(time, event.place("time")) if time else SubmittedAt()
    contact = _inner(event)
    if contact.submitted_at.precision == "unknown":
        contact = replace(contact, submitted_at=at)
    return replace(
        contact,
        source_system=one_line(attributes["source"]),
        schema_name="cloudevents",
        schema_version=_VERSION,
        message_id=event.message_id,
        subject=contact.subject or one_line(attributes.get("subject", "")) or None,
    )


def _inner(event: _Event) -> IncomingContact:
    """The contact that the data alone makes: our own format, or a text."""
    media = media_type(event.content) or "application/json"
    if event.data is None or event.data == b"":
        raise Unreadable("missing-field", "The event has no data.", event.data_at)
    if media.startswith("text/") and media not in {"text/xml", "text/json"}:
        return _text(_string(event), event.data_at)
    if not (media in {"application/json", "text/json"} or media.endswith("+json")):
        raise Unreadable(
            "unsupported-data",
            "The event's data is of a type that isn't read here.",
            event.place("datacontenttype"),
            "Our own JSON format, or text/plain.",
        )
    if not isinstance(event.data, bytes):
        return _json(event.data, event.data_at, event)
    try:
        value = load(event.data)
        return _json(value, "", event)
    except Unreadable as fault:
        raise _outside(fault, event) from fault


def _json(value: Any, place: str, event: _Event) -> IncomingContact:
    """A JSON text is a text and is never read as JSON once more."""
    if isinstance(value, str):
        return _text(value, place)
    return contact_of(without_nulls(value), place, version=_version(event))


def _version(event: _Event) -> str | None:
    """The version of our format that `dataschema` names, or the content type. Other people's schemas say nothing."""
    found = _OUR_SCHEMA.fullmatch(event.attributes.get("dataschema", ""))
    return found[1] if found else version_of(media_type(event.content))


def _outside(fault: Unreadable, event: _Event) -> Unreadable:
    """The same fault, pointing into the body: what is inside base64 has no pointer of its own."""
    if event.at is None:
        return fault
    inside = f"In the decoded data: {fault.pointer}." if fault.pointer else ""
    detail = " ".join(part for part in (fault.detail, inside) if part)
    return Unreadable(fault.code, fault.title, event.data_at, detail)


def _string(event: _Event) -> str:
    if isinstance(event.data, str):
        return event.data
    coding = charset(event.content)
    if not isinstance(event.data, bytes) or coding not in _CHARSETS:
        raise Unreadable(
            "unsupported-data", "The event's text can't be read.", event.data_at, "A text in UTF-8."
        )
    try:
        return event.data.decode(coding)
    except UnicodeDecodeError as error:
        raise Unreadable(
            "not-utf-8", "The event's text isn't in the charset that it names.", event.data_at
        ) from error


def _text(text: str, place: str) -> IncomingContact:
    try:
        return contact_of({"text": text})
    except Unreadable as fault:
        raise Unreadable(fault.code, fault.title, place, fault.detail) from fault


def _batch() -> Unreadable:
    return Unreadable("batch", "Send one event a request: each contact has an answer of its own.")
