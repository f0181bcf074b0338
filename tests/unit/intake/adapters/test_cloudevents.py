"""CloudEvents 1.0, HTTP binding and JSON format."""

from __future__ import annotations

import base64
from datetime import UTC, date, datetime
from typing import Any

import pytest

from services.intake.adapters.adapter import Unreadable
from services.intake.domain.incoming import SubmittedAt
from tests.unit.intake.adapters.contacts import ADAPTERS, good, read, refused

STRUCTURED = {"content_type": "application/cloudevents+json"}
BINARY = {
    "ce-specversion": "1.0",
    "ce-id": "1",
    "ce-source": "/crm",
    "ce-type": "t",
    "content-type": "application/json",
}


def event(**attributes: Any) -> dict[str, Any]:
    """A right event, but for what is said."""
    right = {"specversion": "1.0", "type": "t", "source": "/crm", "id": "1", "data": {"text": "My bin."}}
    return {**right, **attributes}


def binary(body: bytes = b'{"text": "My bin."}', **headers: str) -> Any:
    """What is made of an event in binary mode."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return ADAPTERS["cloudevents"].read(body, {**BINARY, **names})


def test_source_and_id_together_are_the_message_id_whatever_the_data_says() -> None:
    contact = good("cloudevents", "structured")
    assert contact.message_id == "/crm/housing 7f2c-1"
    assert contact.source_system == "/crm/housing"
    assert contact.customer is not None
    assert contact.customer.customer_id == "40081"


def test_two_pairs_of_source_and_id_never_make_the_same_message_id() -> None:
    pairs = [("/a", "b c"), ("/a", "b"), ("/a%20b", "c"), ("/ab", "c"), ("/a", "bc")]
    ids = {
        read("cloudevents", event(source=source, id=id_), **STRUCTURED).message_id for source, id_ in pairs
    }
    assert len(ids) == len(pairs)
    assert refused("cloudevents", event(source="/a b", id="c"), **STRUCTURED).pointer == "/source"


def test_time_and_subject_of_the_event_fill_in_what_the_data_leaves_out() -> None:
    contact = read("cloudevents", event(time="2026-03-02T09:30:00Z", subject="Bin"), **STRUCTURED)
    assert contact.submitted_at == SubmittedAt.minute(datetime(2026, 3, 2, 9, 30, tzinfo=UTC))
    assert contact.subject == "Bin"
    data = {"text": "My bin.", "submitted_at": "2026-03-01", "subject": "Mine"}
    contact = read("cloudevents", event(time="2026-03-02T09:30:00Z", subject="Bin", data=data), **STRUCTURED)
    assert contact.submitted_at == SubmittedAt.day(date(2026, 3, 1))
    assert contact.subject == "Mine"


@pytest.mark.parametrize("name", ["time", "subject", "dataschema", "datacontenttype", "anextension"])
def test_an_attribute_that_is_null_is_absent(name: str) -> None:
    assert read("cloudevents", event(**{name: None}), **STRUCTURED) == read(
        "cloudevents", event(), **STRUCTURED
    )


def test_a_text_stays_a_text_even_if_it_is_json_inside() -> None:
    contact = good("cloudevents", "text-that-looks-like-json")
    assert contact.text == '{"text": "I typed this myself"}'
    again = binary(b'"{\\"text\\": \\"I typed this myself\\"}"')
    assert again.text == contact.text


def test_the_data_may_be_base64() -> None:
    contact = good("cloudevents", "base64")
    assert contact.text == "Café noise at night."
    assert contact.submitted_at == SubmittedAt.day(date(2026, 3, 1))
    text = event(
        datacontenttype="text/plain; charset=iso-8859-1", data_base64=base64.b64encode(b"\xe9t\xe9").decode()
    )
    del text["data"]
    assert read("cloudevents", text, **STRUCTURED).text == "été"


def test_binary_mode_reads_attributes_from_headers_and_data_from_the_body() -> None:
    contact = good("cloudevents", "binary")
    assert contact.message_id == "/crm/parks 44 120"
    assert contact.subject == "Hunde € 😀"
    assert contact.channel == "email"
    text = good("cloudevents", "binary-text")
    assert text.text == "Dogs off the lead — again."
    assert text.message_id == '/crm/parks quoted "id"'


@pytest.mark.parametrize(
    ("value", "decoded"),
    [
        ("Euro%20%E2%82%AC%20%F0%9F%98%80", "Euro € 😀"),
        ("%41%42%63", "ABc"),
        ("%e2%82%ac", "€"),
        ('"with blanks"', "with blanks"),
        ('"a \\"word\\" and \\\\"', 'a "word" and \\'),
        ("100%25", "100%"),
        ("%2541", "%41"),
    ],
)
def test_a_header_is_unquoted_and_percent_decoded_once(value: str, decoded: str) -> None:
    assert binary(ce_id=value).message_id == f"/crm {decoded}"


@pytest.mark.parametrize("value", ["%C0%A0", "%FF", "%ED%A0%80", "\xe9t\xe9"])
def test_a_header_that_isnt_utf8_is_refused(value: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        binary(ce_id=value)
    assert refusal.value.code == "bad-header"


def test_the_content_type_tells_the_mode_even_if_the_headers_are_there_too() -> None:
    contact = ADAPTERS["cloudevents"].read(
        b'{"specversion": "1.0", "type": "t", "source": "/other", "id": "2", "data": "a"}',
        {**BINARY, "content-type": "application/cloudevents+json"},
    )
    assert contact.message_id == "/other 2"


def test_an_event_sent_as_plain_json_is_taken_for_a_structured_one() -> None:
    assert read("cloudevents", event(), content_type="application/json").message_id == "/crm 1"


def test_a_batch_is_refused_with_what_to_do_instead() -> None:
    fault = refused("cloudevents", [event()], content_type="application/cloudevents-batch+json")
    assert fault.code == "batch"
    assert "one event a request" in fault.title


def test_an_unknown_specversion_is_refused_with_the_one_that_is_known() -> None:
    assert refused("cloudevents", event(specversion="1.1"), **STRUCTURED).detail == "Supported: 1.0."


@pytest.mark.parametrize(
    "schema", ["redress-contact.v1.json", "https://a.example.org/x/redress-contact.v1.json"]
)
def test_dataschema_picks_the_version(schema: str) -> None:
    assert read("cloudevents", event(dataschema=schema), **STRUCTURED).text == "My bin."
    fault = refused("cloudevents", event(dataschema=schema.replace("v1", "v2")), **STRUCTURED)
    assert (fault.code, fault.detail) == ("unsupported-version", "Supported: v1.")


def test_somebody_elses_dataschema_says_nothing() -> None:
    assert (
        read("cloudevents", event(dataschema="https://crm.example.org/v7.json"), **STRUCTURED).text
        == "My bin."
    )


def test_a_fault_in_the_data_is_pointed_at_through_the_envelope() -> None:
    fault = refused("cloudevents", event(data={"text": "a", "location": {"latitude": 1}}), **STRUCTURED)
    assert fault.pointer == "/data/location"
    inside = base64.b64encode(b'{"text": "a", "channel": "owl"}').decode()
    encoded = event(data_base64=inside)
    del encoded["data"]
    fault = refused("cloudevents", encoded, **STRUCTURED)
    assert fault.pointer == "/data_base64"
    assert "In the decoded data: /channel." in fault.detail


def test_a_refusal_names_the_message_once_source_and_id_are_known() -> None:
    assert refused("cloudevents", event(data=7), **STRUCTURED).message_id == "/crm 1"
    assert refused("cloudevents", event(id=""), **STRUCTURED).message_id is None


def test_markup_in_a_text_is_cleaned() -> None:
    html = event(datacontenttype="text/html", data="<p>Hello<script>x</script></p>")
    assert read("cloudevents", html, **STRUCTURED).text == "Hello"
