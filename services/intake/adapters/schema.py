"""JSON Schema (draft 2020-12), its faults told as `Unreadable`: where, what was expected, never what stood there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from itertools import islice
from typing import Any, Final

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from services.intake.adapters.adapter import Unreadable
from services.intake.adapters.document import pointer_as_far_as_known, pointer_to, pointer_to_unknown

_ENOUGH: Final = 50
"""Faults that are looked at: a long list of wrong items isn't told in full."""
_TOLD: Final = 5


_OF_KEYWORD: Final = {
    "type": ("wrong-type", "A value has the wrong type.", "Expected: {}."),
    "enum": ("unknown-value", "A value is none of those agreed.", "One of: {}."),
    "const": ("unknown-value", "A value isn't the one agreed.", "Expected: {}."),
    "maxLength": ("too-long", "A text is too long.", "At most {} characters."),
    "maxItems": ("too-long", "A list is too long.", "At most {}."),
    "maxProperties": ("too-long", "Too much stands side by side.", "At most {} of the fields."),
    "minLength": ("empty", "A text is empty.", "At least {} character."),
    "minItems": ("empty", "A list is empty.", "At least {}."),
    "minProperties": ("empty", "One of several fields is missing.", "At least {} of the fields."),
    "minimum": ("out-of-range", "A number is too small.", "At least {}."),
    "maximum": ("out-of-range", "A number is too great.", "At most {}."),
}


@dataclass(frozen=True, slots=True)
class _Fault:
    rank: int
    pointer: str
    code: str
    title: str
    detail: str = ""


class Schema:
    """One of the schemas in `schemas/`."""

    def __init__(self, name: str) -> None:
        """Raises what reading and checking the schema raises: it is ours, and this is at import."""
        text = (files(__package__) / "schemas" / name).read_text(encoding="utf-8")
        self.document: Final[dict[str, Any]] = json.loads(text)
        Draft202012Validator.check_schema(self.document)
        self._validator = Draft202012Validator(self.document)

    def check(self, value: Any, place: str = "") -> None:
        """Raises Unreadable at the first fault; `place` is where `value` stands in the message."""
        errors = islice(self._validator.iter_errors(value), _ENOUGH)
        found = dict.fromkeys(fault for error in errors for fault in _faults(error, place))
        if not found:
            return
        first, *others = sorted(found, key=lambda fault: fault.rank)
        also = "; ".join(f"{other.pointer or 'the message'}: {other.code}" for other in others[:_TOLD])
        detail = " ".join(part for part in (first.detail, f"Also {also}." if also else "") if part)
        raise Unreadable(first.code, first.title, first.pointer, detail)


def _faults(error: ValidationError, place: str) -> Iterator[_Fault]:
    """What one of the library's errors says, without the sender's values, which its own messages quote."""
    here = pointer_as_far_as_known(place, error.absolute_path)
    allowed, instance, schema = _any(error.validator_value), _any(error.instance), _any(error.schema)
    match str(error.validator):
        case "required":
            for name in allowed:
                if name not in instance:
                    yield _Fault(
                        1, pointer_to(here, name), "missing-field", f"The field {name!r} is missing."
                    )
        case "additionalProperties":
            for name in instance:
                if name not in schema.get("properties", {}):
                    there = pointer_to_unknown(here, name)
                    yield _Fault(3, there, "unknown-field", "A field isn't part of the format.")
        case "dependentRequired":
            pairs = (f"{name} needs {_list(others)}" for name, others in allowed.items())
            title = "A field needs another beside it."
            yield _Fault(1, here, "missing-field", title, f"{'; '.join(pairs)}.")
        case keyword if keyword in _OF_KEYWORD:
            code, title, expected = _OF_KEYWORD[keyword]
            rank = 0 if keyword == "type" else 2
            yield _Fault(rank, here, code, title, expected.format(_list(allowed)))
        case _:
            yield _Fault(
                2, here, "bad-format", "A value hasn't the form agreed.", schema.get("description", "")
            )


def _any(value: Any) -> Any:
    """The library marks what it may have left unset; in an error that it yields nothing is."""
    return value


def _list(allowed: Any) -> str:
    choices = allowed if isinstance(allowed, list) else [allowed]
    return ", ".join(str(choice) for choice in choices if choice != "")
