"""Rules are read from TOML strictly: every key known, every value of its kind, errors in plain words. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, Final, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Strict,
    StringConstraints,
    ValidationError,
    ValidationInfo,
)
from pydantic_core import ErrorDetails

E = TypeVar("E", bound=StrEnum)
M = TypeVar("M", bound="Table")
T = TypeVar("T")


def _some(found: tuple[T, ...], info: ValidationInfo) -> tuple[T, ...]:
    if not found:
        raise ValueError(f"{info.field_name} must not be empty")
    return found


Words = Annotated[str, StringConstraints(pattern=r"\S")]
"""A text that says something."""
OneOf = Annotated[E, Strict(False)]
"""A word of an enumeration, which TOML hasn't got; nor has it tuples."""
Several = Annotated[tuple[T, ...], Strict(False)]
Some = Annotated[tuple[T, ...], Strict(False), AfterValidator(_some)]


class RuleFileError(Exception):
    """A file of rules says something that can't be right: the file, the place, the key and what is wrong with it."""


class Table(BaseModel):
    """A table of a file of rules."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


def parse(where: str, text: str) -> dict[str, Any]:
    """What a file says. `where` names it. Raises `RuleFileError`."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleFileError(f"{where}: {error}") from error


def read(where: str, told: Mapping[str, Any], model: type[M], context: Mapping[str, Any] | None = None) -> M:
    """A table as its model. Raises `RuleFileError` with everything that is wrong, a line each."""
    try:
        return model.model_validate(told, context=context)
    except ValidationError as error:
        wrong = [f"{_place(where, told, each['loc'])}: {_fault(each)}" for each in error.errors()]
        raise RuleFileError("\n".join(wrong)) from error


_FAULTS: Final = {
    "missing": "{key} is missing",
    "extra_forbidden": "unknown {key}",
    "enum": "{key} must be one of {expected}, not {input!r}",
    "value_error": "{error}",
} | {
    kind: f"{{key}} must be {what}, not {{input!r}}"
    for kinds, what in {
        "string_type string_pattern_mismatch dataclass_type": "a text",
        "int_type": "a whole number",
        "bool_type": "true or false",
        "date_type": "a date",
        "tuple_type": "a list",
        "dict_type model_type": "a table",
    }.items()
    for kind in kinds.split()
}


def _fault(error: ErrorDetails) -> str:
    key = next((part for part in reversed(error["loc"]) if isinstance(part, str)), "")
    context = error.get("ctx", {})
    if error["type"] == "enum":
        context["expected"] = context["expected"].replace("'", "").replace(" or ", ", ")
    said = _FAULTS.get(error["type"], "{key}: {msg}")
    return said.format(**{"key": key, "input": error["input"], "msg": error["msg"], **context})


def _place(where: str, told: Any, way: tuple[int | str, ...]) -> str:
    """The table with the fault; the tables of a list go by their dates or names."""
    place = words = where
    for part in way:
        try:
            told = told[part]
        except (KeyError, TypeError):  # what is missing, and what pydantic adds to the way
            break
        if isinstance(part, str):
            words += f" {part}"
        elif isinstance(told, dict):
            words += f" {told.get('date', told.get('name', part + 1))}"
        if isinstance(told, dict):
            place = words
    return place
