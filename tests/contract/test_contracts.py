"""The compatibility gate: what was written is read for ever, and what is written is read by yesterday's readers."""

from __future__ import annotations

import copy
import json
from typing import Any, get_args

import pytest
from jsonschema import Draft202012Validator

import shared.contracts  # noqa: F401  registers the events
from shared.contracts import asyncapi
from shared.contracts.public import public
from shared.kit.events import Event, UnknownEvent, read_json, schema
from shared.kit.events.registry import read
from tests.contract.published import (
    ASYNCAPI,
    BreakingChangeError,
    check,
    published_samples,
    published_schema,
)

PUBLIC = sorted(public())


@pytest.mark.parametrize("wire_name", PUBLIC)
def test_every_type_has_a_published_schema_that_is_the_generated_one(wire_name: str) -> None:
    assert published_schema(wire_name) == schema(wire_name), "run `python -m tests.contract.published`"


@pytest.mark.parametrize("wire_name", PUBLIC)
def test_no_type_has_changed_so_that_an_old_event_or_an_old_reader_fails(wire_name: str) -> None:
    check(wire_name, schema(wire_name), published_schema(wire_name))


@pytest.mark.parametrize("wire_name", PUBLIC)
def test_every_type_has_a_golden_sample_that_its_writers_could_have_written(wire_name: str) -> None:
    Draft202012Validator(schema(wire_name)).validate(published_samples()[wire_name])


@pytest.mark.parametrize("wire_name", sorted(published_samples()))
def test_every_golden_sample_ever_published_is_read_by_todays_reader(wire_name: str) -> None:
    event = read_json(wire_name, json.dumps(published_samples()[wire_name]).encode())
    assert isinstance(event, Event)


@pytest.mark.parametrize("wire_name", PUBLIC)
def test_a_golden_sample_survives_being_read_and_written(wire_name: str) -> None:
    event = read(wire_name, published_samples()[wire_name])
    again = read_json(wire_name, event.model_dump_json(exclude_none=True).encode())
    assert again == event


@pytest.mark.parametrize("wire_name", PUBLIC)
def test_an_event_with_nothing_in_the_fields_that_may_be_empty_is_read_as_it_was_written(
    wire_name: str,
) -> None:
    """The store leaves out what is None: a field that may be None may be missing."""
    model = public()[wire_name]
    empty = {
        name: None for name, field in model.model_fields.items() if type(None) in get_args(field.annotation)
    }
    event = model.model_validate({**published_samples()[wire_name], **empty})
    assert read_json(wire_name, event.model_dump_json(exclude_none=True).encode()) == event


@pytest.mark.parametrize("wire_name", PUBLIC)
def test_a_reader_passes_over_a_field_that_a_later_writer_added(wire_name: str) -> None:
    later = {**published_samples()[wire_name], "added_later": {"of": ["any", "shape"]}}
    assert read(wire_name, later) == read(wire_name, published_samples()[wire_name])


def test_a_type_never_heard_of_is_read_as_unknown() -> None:
    assert read("redress.intake.never-heard-of.v1", {}) == UnknownEvent(
        wire_name_seen="redress.intake.never-heard-of.v1"
    )


def test_the_asyncapi_document_is_the_committed_one() -> None:
    public = json.loads(json.dumps(asyncapi.document()))
    assert json.loads(ASYNCAPI.read_text("utf-8")) == public, "run `python -m tests.contract.published`"


def _changed(wire_name: str, change: str) -> dict[str, Any]:
    changed = copy.deepcopy(schema(wire_name))
    match change:
        case "a field is taken away":
            del changed["properties"]["sent_on"]
            changed["required"].remove("sent_on")
        case "a new field is asked for":
            changed["properties"]["postmark"] = {"type": "string"}
            changed["required"].append("postmark")
        case "a field has another kind":
            changed["properties"]["sent_on"] = {"type": "integer"}
        case "a field that may be missing is added":
            changed["properties"]["postmark"] = {"type": "string"}
    return changed


@pytest.mark.parametrize(
    "change", ["a field is taken away", "a new field is asked for", "a field has another kind"]
)
def test_a_breaking_change_is_refused(change: str) -> None:
    name = "redress.intake.acknowledged.v1"
    with pytest.raises(BreakingChangeError, match="new version and an upcaster"):
        check(name, _changed(name, change), schema(name))


def test_a_field_that_may_be_missing_can_be_added() -> None:
    name = "redress.intake.acknowledged.v1"
    check(name, _changed(name, "a field that may be missing is added"), schema(name))
