"""Rules for every adapter in the catalogue, those still to be written among them."""

from __future__ import annotations

import codecs
import json
from dataclasses import replace

import pytest

from services.intake.adapters.adapter import Unreadable
from services.intake.domain.incoming import IncomingPerson
from tests.unit.intake.adapters.contacts import (
    ADAPTERS,
    ROOT,
    Message,
    assert_helpful,
    assert_sound,
    faults,
    good_json,
    messages,
)


@pytest.mark.parametrize("name", ADAPTERS)
def test_an_adapter_brings_three_good_messages_and_some_broken_ones_all_accounted_for(name: str) -> None:
    assert len(messages("good", name)) >= 3
    broken = {message.path.name for message in messages("broken", name)}
    assert broken == faults(name).keys()
    assert len(broken) >= 5


@pytest.mark.parametrize("name", ADAPTERS)
def test_an_adapter_is_known_by_the_name_it_has_in_the_address(name: str) -> None:
    assert ADAPTERS[name].name == name
    assert name == name.lower()
    assert f"/contacts/{name}" in (ROOT / "docs" / "reference" / "contacts.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("message", messages("good"), ids=str)
def test_a_good_message_is_read_into_a_sound_contact(message: Message) -> None:
    contact = message.read()
    assert_sound(contact)
    assert contact.schema_name == message.adapter.name
    assert contact.source_system
    assert contact.customer != IncomingPerson()


@pytest.mark.parametrize("message", messages("good"), ids=str)
def test_the_same_message_is_always_read_the_same(message: Message) -> None:
    assert message.read() == message.read()


@pytest.mark.parametrize("message", messages("broken"), ids=str)
def test_a_broken_message_is_refused_with_its_code_and_the_place_of_its_fault(message: Message) -> None:
    with pytest.raises(Unreadable) as refusal:
        message.read()
    assert_helpful(refusal.value)
    assert (refusal.value.code, refusal.value.pointer) == faults(message.adapter.name)[message.path.name]


@pytest.mark.parametrize("message", good_json(), ids=str)
def test_a_utf8_mark_and_blanks_around_json_change_nothing(message: Message) -> None:
    body = message.body.removeprefix(codecs.BOM_UTF8)
    again = message.adapter.read(codecs.BOM_UTF8 + b" \n" + body + b"\n\n", message.headers)
    assert again == message.read()


@pytest.mark.parametrize("message", good_json(), ids=str)
def test_json_is_refused_in_any_other_encoding(message: Message) -> None:
    text = message.body.decode("utf-8-sig")
    for encoding in ("utf-16", "utf-16-le", "utf-32"):
        with pytest.raises(Unreadable) as refusal:
            message.adapter.read(text.encode(encoding), message.headers)
        assert refusal.value.code == "not-utf-8"


@pytest.mark.parametrize("message", good_json(), ids=str)
def test_a_member_named_twice_is_refused_because_readers_differ_on_which_counts(message: Message) -> None:
    document = json.loads(message.body.decode("utf-8-sig"))
    name = next(iter(document))
    twice = f"{{{json.dumps(name)}: null, {json.dumps(document)[1:]}"
    with pytest.raises(Unreadable) as refusal:
        message.adapter.read(twice.encode(), message.headers)
    assert refusal.value.code == "json-out-of-bounds"


@pytest.mark.parametrize("name", ADAPTERS)
@pytest.mark.parametrize(
    "body", [b"", b"\x00", b"{", b"[]", b"{}", b"null", b"1", b'"a"', b"\xff\xfe", b"[" * 100_000]
)
def test_rubbish_is_refused_and_never_a_fault_of_ours(name: str, body: bytes) -> None:
    if name == "cloudevents":
        body = b'{"data": 1}' if body == b'"a"' else body
    with pytest.raises(Unreadable) as refusal:
        ADAPTERS[name].read(body, {})
    assert_helpful(refusal.value)


def test_the_message_alone_decides_what_is_read_and_not_what_else_is_in_the_headers() -> None:
    for message in messages("good", "json", "govuk-forms"):
        more = {"x-forwarded-for": "203.0.113.9", "idempotency-key": "1", "ce-id": "7", "messageid": "8"}
        other = message.adapter.read(message.body, {**message.headers, **more})
        assert replace(other) == message.read()
