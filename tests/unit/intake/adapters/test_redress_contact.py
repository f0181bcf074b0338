"""Our own format."""

from __future__ import annotations

import base64
import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from services.intake.adapters.redress_contact import RedressContact
from services.intake.adapters.schema import Schema
from services.intake.domain.incoming import (
    IncomingAttachment,
    IncomingContact,
    IncomingPerson,
    IncomingRepresentative,
    SubmittedAt,
)
from tests.unit.intake.adapters.contacts import ROOT, good, messages, read, refused

SCHEMA = Schema("redress-contact.v1.json").document


def test_a_text_is_all_that_is_needed() -> None:
    assert read("json", {"text": "My bin."}) == IncomingContact(
        source_system="json", schema_name="json", schema_version="v1", channel="crm", text="My bin."
    )


def test_every_field_is_read() -> None:
    assert good("json", "full") == IncomingContact(
        source_system="housing-crm",
        schema_name="json",
        schema_version="v1",
        message_id="CRM-2026-0009182",
        source_case_ids=("HSG/44120", "RPR-77"),
        submitted_at=SubmittedAt.minute(datetime(2026, 3, 2, 9, 30, tzinfo=UTC)),
        channel="phone",
        language="cy",
        customer=IncomingPerson(
            name="Ada Example",
            email="ada@example.org",
            phone="01632 960001",
            address="12 Mill Lane\nExampleton",
            postcode="EX1 1AA",
            customer_id="40081",
        ),
        representative=IncomingRepresentative(
            person=IncomingPerson(
                name="Cllr Bo Sample", organisation="Exampleton Council", email="bo@example.org"
            ),
            relation="councillor",
        ),
        subject="Repairs not done",
        text="The roof has leaked since January.\n\nNobody came on 14 or 21 February.",
        attachments=(
            IncomingAttachment(name="roof.jpg", media_type="image/jpeg", content=b"\xff\xd8\xff roof"),
            IncomingAttachment(name="empty.txt", media_type="text/plain", content=b""),
            IncomingAttachment(
                name="letter.pdf",
                media_type="application/pdf",
                url="https://crm.example.org/files/8812?sig=abc",
            ),
        ),
        service_hint="housing repairs",
        category_hint="delay",
        location="12 Mill Lane, Exampleton",
        latitude=52.6369,
        longitude=-1.1398,
        details=(("Have you told us before?", "Yes, by phone on 20 February."), ("Tenant since", "2019")),
    )


def test_html_becomes_plain_text_and_the_original_stays_beside_it() -> None:
    contact = good("json", "html-from-a-rich-text-box")
    assert contact.text == "The officer said “no” and a < b.\n\n- first\n- second\n\nI <3 my street.\nReally."
    assert contact.text_original is not None
    assert contact.text_original.startswith("<p>The officer")
    assert read("json", {"text": "plain"}).text_original is None


def test_null_and_empty_are_the_same_as_left_out() -> None:
    assert good("json", "nulls-and-empty-texts") == IncomingContact(
        source_system="json", schema_name="json", schema_version="v1", channel="crm", text="Street light out."
    )


def test_a_day_stays_a_day_and_an_old_matter_is_marked() -> None:
    contact = good("json", "old-matter-as-utf8-with-a-mark")
    assert contact.submitted_at == SubmittedAt.day(date(2019, 6, 1))
    assert contact.historic
    assert contact.location == "Market Square"


@pytest.mark.parametrize(
    "media", ["application/json", "application/vnd.redress.contact.v1+json; x=y", "text/plain", ""]
)
def test_any_media_type_is_read_as_the_newest_version_unless_it_names_one(media: str) -> None:
    assert read("json", {"text": "My bin."}, content_type=media).schema_version == "v1"


def test_an_unknown_version_is_refused_with_those_that_are_known() -> None:
    by_media_type = refused("json", {"text": "a"}, content_type="application/vnd.redress.contact.v2+json")
    by_field = refused("json", {"text": "a", "schema": "v9"})
    assert by_media_type.code == by_field.code == "unsupported-version"
    assert by_media_type.detail == by_field.detail == "Supported: v1."
    assert (by_media_type.pointer, by_field.pointer) == ("", "/schema")


def test_a_text_of_the_longest_length_is_read_and_one_character_more_refused() -> None:
    assert len(read("json", {"text": "😀" * 200_000}).text) == 200_000
    fault = refused("json", {"text": "x" * 200_001})
    assert (fault.code, fault.pointer, fault.detail) == ("too-long", "/text", "At most 200000 characters.")


def test_a_refusal_names_the_message_where_its_id_is_a_good_one() -> None:
    assert refused("json", {"message_id": " M-1 "}).message_id == "M-1"
    assert refused("json", {"message_id": "a\0b", "text": "a"}).message_id is None
    assert refused("json", {"message_id": 7, "text": "a"}).message_id is None
    assert refused("json", {"message_id": "x" * 201, "text": "a"}).message_id is None


def test_a_refusal_tells_the_other_faults_too() -> None:
    fault = refused("json", {"txt": "My bin.", "channel": "owl"})
    assert fault.pointer == "/text"
    assert fault.detail == "Also /channel: unknown-value; /txt: unknown-field."


def test_a_field_whose_name_may_be_personal_is_not_named() -> None:
    fault = refused("json", {"text": "a", "Ada Example, 12 Mill Lane": 1})
    assert (fault.code, fault.pointer) == ("unknown-field", "")


def test_a_pointer_escapes_what_rfc_6901_says() -> None:
    fault = refused("json", {"text": "a", "customer": {"name": {"a/b~c": 1}}})
    assert fault.pointer == "/customer/name"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ada\\bin.jpg", "bin.jpg"),
        ("", "attachment"),
        ("/", "attachment"),
        ("a\0\nb.txt", "a b.txt"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("café 😀.png", "café 😀.png"),
    ],
)
def test_a_files_name_is_a_name_and_no_path(name: str, kept: str) -> None:
    (file,) = read("json", {"text": "a", "attachments": [{"name": name, "content_base64": ""}]}).attachments
    assert file == IncomingAttachment(name=kept, content=b"")


def test_base64_may_be_broken_into_lines() -> None:
    content = base64.encodebytes(bytes(range(256))).decode()
    (file,) = read(
        "json", {"text": "a", "attachments": [{"name": "b", "content_base64": content}]}
    ).attachments
    assert file.content == bytes(range(256))


@pytest.mark.parametrize(
    "url",
    [
        "http://a.example.org",
        "ftp://a",
        "file:///etc/passwd",
        "https://",
        "https:///a",
        "https://u@a.example.org/",
        "https://a.example.org:99999/",
        "https://a b",
        "https://[::1",
        "javascript:alert(1)",
        "//a.example.org",
        "a",
        "https://a.example.org/\n",
        "https://a.example.org/é",
        "https://a.example.org\\@evil.example.org/",
    ],
)
def test_an_address_of_a_file_is_https_and_nothing_else(url: str) -> None:
    if url.endswith("\n"):
        assert read("json", {"text": "a", "attachments": [{"name": "b", "url": url}]}).attachments
        return
    fault = refused("json", {"text": "a", "attachments": [{"name": "b", "url": url}]})
    assert (fault.code, fault.pointer) == ("bad-url", "/attachments/0/url")


def test_a_representative_of_whom_nothing_but_the_name_is_said_is_kept() -> None:
    contact = read("json", {"text": "a", "representative": {"name": "Bo"}})
    assert contact.representative == IncomingRepresentative(
        person=IncomingPerson(name="Bo"), relation="not stated"
    )


# The schema itself: what it promises to a sender.


def _objects(schema: Any) -> list[dict[str, Any]]:
    if isinstance(schema, list):
        return [found for item in schema for found in _objects(item)]
    if not isinstance(schema, dict):
        return []
    own = [schema] if "properties" in schema else []
    return own + [found for item in schema.values() for found in _objects(item)]


def test_every_object_of_the_schema_is_closed() -> None:
    assert len(_objects(SCHEMA)) == 6
    assert all(found["additionalProperties"] is False for found in _objects(SCHEMA))


def test_every_field_has_a_description_or_an_example_and_every_example_is_accepted() -> None:
    for found in _objects(SCHEMA):
        for name, field in found["properties"].items():
            target = SCHEMA["$defs"][field["$ref"].rsplit("/", 1)[1]] if "$ref" in field else {}
            whole = {**target, **field}
            assert "description" in whole or "examples" in whole, name
            for example in whole.get("examples", ()):
                Draft202012Validator({**whole, "$defs": SCHEMA["$defs"]}).validate(example)


def test_every_text_of_the_schema_has_a_limit() -> None:
    def texts(schema: Any) -> list[dict[str, Any]]:
        if isinstance(schema, list):
            return [found for item in schema for found in texts(item)]
        if not isinstance(schema, dict):
            return []
        own = [schema] if "string" in schema.get("type", ()) else []
        return own + [found for item in schema.values() for found in texts(item)]

    unlimited = [found for found in texts(SCHEMA) if "maxLength" not in found]
    assert unlimited == [SCHEMA["properties"]["attachments"]["items"]["properties"]["content_base64"]]


def test_a_message_that_fits_the_schema_is_accepted_as_it_says() -> None:
    validator = Draft202012Validator(SCHEMA)
    for message in messages("good", "json"):
        document = json.loads(message.body.decode("utf-8-sig"))
        if message.path.stem != "nulls-and-empty-texts":
            assert validator.is_valid(document)


def test_the_handbook_names_every_field() -> None:
    handbook = (ROOT / "docs" / "reference" / "contacts.md").read_text(encoding="utf-8")
    names = {name for found in _objects(SCHEMA) for name in found["properties"]}
    assert {name for name in names if f"`{name}`" not in handbook} == set()


def test_the_adapter_is_the_one_named_json() -> None:
    assert RedressContact().name == "json"
