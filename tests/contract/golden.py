"""Makes the golden sample of a new type, once: every field filled, the same each time it is made."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID, uuid5

from shared.kit.events import NAMESPACE, schema

_WORDS: Final = {
    "reference": "CR-2026-000123",
    "regime": "corporate",
    "stage": "stage1",
    "clock": "stage1_respond",
    "means": "email",
    "language": "en",
    "nation": "scotland",
    "message_id": "<8f14e45f@redress.example>",
}


def sample(wire_name: str) -> dict[str, Any]:
    """A value of the type with every field filled, also those that may be left out."""
    found = schema(wire_name)
    value: dict[str, Any] = _value(found, found.get("$defs", {}), wire_name, "")
    return value


def _value(part: dict[str, Any], defs: dict[str, Any], path: str, name: str) -> Any:  # noqa: C901, PLR0911  one a kind
    if "$ref" in part:
        return _value(defs[part["$ref"].rsplit("/", 1)[-1]], defs, path, name)
    if "anyOf" in part:
        options = [option for option in part["anyOf"] if option.get("type") != "null"]
        return _value(options[0], defs, path, name)
    match part.get("type"), part.get("format"):
        case "object", _:
            properties = part.get("properties", {})
            if not properties:
                return {"rule": "stage1_respond", "length": 10}
            return {
                inner: _value(shape, defs, f"{path}.{inner}", inner) for inner, shape in properties.items()
            }
        case "array", _:
            return [_value(part["items"], defs, f"{path}.0", name)]
        case "string", "uuid":
            return str(_uuid(path))
        case "string", "date":
            return "2026-09-01"
        case "string", "date-time":
            return "2026-09-01T09:30:00Z"
        case "string", _:
            return _WORDS.get(name, f"a {name.replace('_', ' ')}")
        case "integer", _:
            return 1
        case "boolean", _:
            return True
        case kind:
            raise ValueError(f"{path}: no golden value for {kind}")


def _uuid(path: str) -> UUID:
    return uuid5(NAMESPACE, f"golden\x1f{path}")
