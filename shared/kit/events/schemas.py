"""The JSON Schema of every event, as its writers must keep to it: closed, so that a slip is caught before the log."""

from __future__ import annotations

from functools import cache
from typing import Any

from shared.kit.events.registry import models


@cache
def schema(wire_name: str) -> dict[str, Any]:
    """The schema of the current version of a type. No property is allowed that isn't named in it.

    Raises:
        KeyError: there is no such type.
    """
    model = models()[wire_name]
    found: dict[str, Any] = model.model_json_schema()
    found.pop("title", None)
    _close(found)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:redress:event:{wire_name}",
        **found,
    }


def _close(part: Any) -> None:
    """Closes every object with named properties, at any depth."""
    if isinstance(part, list):
        for item in part:
            _close(item)
    if not isinstance(part, dict):
        return
    if part.get("type") == "object" and "properties" in part:
        part["additionalProperties"] = False
    for inner in part.values():
        _close(inner)
