"""The AsyncAPI 3.0 document of the log: one topic, every event. Generated, committed and compared in CI."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from shared.contracts.public import public
from shared.kit.events import schema

TOPIC: Final = "case-events"
_HEADERS: Final = {
    "ce_id": "The event's id: UUIDv5 of its stream and version, so that a repeat is recognisable.",
    "ce_type": "The wire name, with its version.",
    "ce_source": "The service that decided it.",
    "ce_specversion": "1.0",
    "ce_time": "When it happened; an officer may have back-dated it.",
    "ce_subject": "The id of the case (or contact, person, unit, calendar): the same as the record's key.",
    "ce_stream": "The stream that it belongs to.",
    "ce_sequence": "Its version in that stream, from 1.",
    "ce_recordedtime": "When the database recorded it.",
    "ce_principal": "Who did it: a pseudonymous person, a system or a service.",
    "ce_correlationid": "Shared by everything that one command led to.",
    "ce_causationid": "The event or command that led to it directly, if any.",
    "ce_dataschema": "Where its schema stands, on any of the services.",
}


@cache
def document() -> dict[str, Any]:
    """The whole document."""
    names = list(public())
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Redress: the log of case events",
            "version": "1",
            "description": "Every fact that Redress knows, as CloudEvents 1.0 in binary mode: headers and a "
            "JSON value. Personal fields are sealed. The key is the case's id, so the events of one case are in "
            "one partition; each stream has one order, and between two streams none is promised.",
        },
        "defaultContentType": "application/json",
        "channels": {
            TOPIC: {
                "address": TOPIC,
                "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in names},
                "bindings": {"kafka": {"topic": TOPIC, "partitions": 12, "bindingVersion": "0.5.0"}},
            }
        },
        "operations": {
            f"publish-{service}": {
                "action": "send",
                "channel": {"$ref": f"#/channels/{TOPIC}"},
                "summary": f"What {service} decides.",
                "messages": [
                    {"$ref": f"#/channels/{TOPIC}/messages/{name}"}
                    for name in names
                    if name.split(".")[1] == service
                ],
            }
            for service in sorted({name.split(".")[1] for name in names})
        },
        "components": {
            "messages": {name: _message(name) for name in names},
            "schemas": {name: schema(name) for name in names},
            "messageTraits": {"cloudevent": {"headers": _header_schema()}},
        },
    }


def _message(name: str) -> dict[str, Any]:
    return {
        "name": name,
        "summary": schema(name).get("description", "").split("\n\n")[0].replace("\n", " "),
        "contentType": "application/json",
        "payload": {"$ref": f"#/components/schemas/{name}"},
        "traits": [{"$ref": "#/components/messageTraits/cloudevent"}],
    }


def _header_schema() -> dict[str, Any]:
    return {
        "type": "object",
        "required": [name for name in _HEADERS if name != "ce_causationid"],
        "properties": {name: {"type": "string", "description": text} for name, text in _HEADERS.items()},
    }
