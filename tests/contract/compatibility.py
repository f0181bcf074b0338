"""Whether two versions of a schema understand each other: writers are closed, readers are open."""

from __future__ import annotations

import json
from typing import Any

import jsoncompat


def is_compatible(published: dict[str, Any], current: dict[str, Any]) -> bool:
    """Whether today's reader reads all that was ever written, and yesterday's reader all that is written today."""
    return _reads(written_by=published, reader=current) and _reads(written_by=current, reader=published)


def _reads(*, written_by: dict[str, Any], reader: dict[str, Any]) -> bool:
    writer, opened = json.dumps(_shape(written_by)), json.dumps(_opened(_shape(reader)))
    return bool(jsoncompat.check_compat(writer, opened, "deserializer"))


def _shape(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema without its name and address, which say nothing about values."""
    return {name: part for name, part in schema.items() if name not in {"$id", "$schema"}}


def _opened(part: Any) -> Any:
    if isinstance(part, list):
        return [_opened(item) for item in part]
    if not isinstance(part, dict):
        return part
    return {
        name: _opened(inner)
        for name, inner in part.items()
        if not (name == "additionalProperties" and inner is False)
    }
