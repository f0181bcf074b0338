"""Messages of every adapter to test with, and what must be true of whatever an adapter makes of any message.

Below `tests/fixtures/contacts/<adapter>/`: `good/` and `broken/` hold bodies, `headers.json` the headers of those
that need some, `faults.json` the code and the pointer that each broken one is refused with.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from services.intake.adapters.adapter import Adapter, Unreadable
from services.intake.adapters.registered import adapters
from services.intake.domain.incoming import IncomingContact
from services.intake.domain.received import receipt
from shared.rules.calendar.london import london_day
from shared.rules.regimes.policy import load_policy

ROOT = Path(__file__).parents[4]
FIXTURES = ROOT / "tests" / "fixtures" / "contacts"
ADAPTERS = dict(adapters())


@dataclass(frozen=True, slots=True)
class Message:
    """A body with the headers that it is sent with; prints as where it lies."""

    adapter: Adapter
    path: Path
    headers: dict[str, str]

    @property
    def body(self) -> bytes:
        return self.path.read_bytes()

    def read(self) -> IncomingContact:
        """What the adapter makes of it."""
        return self.adapter.read(self.body, self.headers)

    def __str__(self) -> str:
        return f"{self.adapter.name}/{self.path.name}"


def messages(kind: str, *names: str) -> list[Message]:
    """The `good` or `broken` messages of the adapters named, or of all."""
    return [
        Message(ADAPTERS[name], path, _table(name, "headers").get(path.name, {}))
        for name in names or ADAPTERS
        for path in sorted((FIXTURES / name / kind).iterdir())
    ]


def good_json() -> list[Message]:
    """The good messages of every adapter whose body is JSON."""
    return [message for message in messages("good") if message.path.suffix == ".json"]


def good(adapter: str, stem: str) -> IncomingContact:
    """What the adapter makes of one of its good messages."""
    (message,) = (found for found in messages("good", adapter) if found.path.stem == stem)
    return message.read()


def faults(adapter: str) -> dict[str, tuple[str, str]]:
    """Code and pointer by the name of a broken message."""
    return {name: (code, pointer) for name, (code, pointer) in _table(adapter, "faults").items()}


def _table(adapter: str, name: str) -> dict[str, Any]:
    return dict(json.loads((FIXTURES / adapter / f"{name}.json").read_text(encoding="utf-8")))


def read(adapter: str, document: Any, **headers: str) -> IncomingContact:
    """What the adapter makes of a JSON value; header names with `_` for `-`."""
    body = json.dumps(document).encode()
    return ADAPTERS[adapter].read(body, {name.replace("_", "-"): value for name, value in headers.items()})


def refused(adapter: str, document: Any, **headers: str) -> Unreadable:
    """How the adapter refuses a JSON value."""
    try:
        contact = read(adapter, document, **headers)
    except Unreadable as fault:
        return fault
    raise AssertionError(f"accepted: {contact}")


class _Markup(HTMLParser):
    """Counts what a browser would take for anything but text."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(f"{tag} {attrs}")

    def handle_endtag(self, tag: str) -> None:
        self.found.append(tag)

    def handle_comment(self, data: str) -> None:
        self.found.append(data)

    def handle_decl(self, decl: str) -> None:
        self.found.append(decl)

    def handle_pi(self, data: str) -> None:
        self.found.append(data)


def markup_in(text: str) -> list[str]:
    """The tags and the like that the standard library's parser sees in a text."""
    parser = _Markup()
    parser.feed(text)
    parser.close()
    return parser.found


_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_EXACT = {"message_id", "source_case_ids", "customer_id", "text_original", "url", "media_type", "language"}
"""What is taken as it stands: numbers, addresses of files, and the sender's own words beside the cleaned ones."""


def assert_sound(contact: IncomingContact) -> None:
    """What every contact must be, whatever the message was: sealable, storable, harmless, and it says something."""
    assert contact.text.strip()
    assert not any("\n" in question for question, _ in contact.details)
    assert all(answer for _, answer in contact.details)
    for name, text in _texts(contact):
        text.encode("utf-8")
        if name != "text_original":
            assert not _CONTROLS.search(text), name
        if name not in _EXACT:
            assert text == text.strip(), name
            assert markup_in(text) == [], name
    moment = contact.submitted_at
    if moment.at is not None:
        assert moment.at.tzinfo is not None
        london_day(moment.at)
    receipt(moment, datetime(2026, 3, 2, tzinfo=UTC), believed=True, policy=load_policy())


def assert_helpful(fault: Unreadable) -> None:
    """What every refusal must be: short, printable words and a pointer that is one."""
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", fault.code)
    assert 0 < len(fault.title) <= 120
    assert len(fault.detail) <= 1_500
    assert re.fullmatch(r"(/([^~/]|~0|~1)*)*", fault.pointer)
    assert all(text.isprintable() for text in (fault.title, fault.detail, fault.pointer))
    (fault.message_id or "").encode("utf-8")
    assert "\0" not in (fault.message_id or "")


def _texts(value: Any, name: str = "") -> list[tuple[str, str]]:
    if isinstance(value, str):
        return [(name, value)]
    if is_dataclass(value):
        return [pair for field in fields(value) for pair in _texts(getattr(value, field.name), field.name)]
    return [pair for item in value for pair in _texts(item, name)] if isinstance(value, tuple) else []
