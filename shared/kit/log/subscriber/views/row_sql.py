"""The SQL of a view of rows, from the model of its row: what creates, reads and writes its table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Final, Union, get_args, get_origin
from uuid import UUID

from pydantic import BaseModel

_TYPES: Final[Mapping[type[Any], str]] = {
    str: "text",
    bool: "boolean",
    int: "bigint",
    UUID: "uuid",
    date: "date",
    datetime: "timestamptz",
    dict: "jsonb",
}


def create_table(name: str, row: type[BaseModel], primary_key: Sequence[str]) -> str:
    """A column for each field: `not null` unless None is one of its values, `jsonb` for what has fields of its own.

    Raises:
        TypeError: a field has a type that no column has.
    """
    columns = ",\n".join(f"    {column}" for column in _columns(row))
    return f"CREATE TABLE {name} (\n{columns},\n    PRIMARY KEY ({', '.join(primary_key)})\n);\n"


def load(name: str, key: str) -> str:
    """The rows of the keys `$1`, each as JSON text."""
    return f"SELECT to_jsonb(r)::text FROM {name} AS r WHERE r.{key} = ANY($1::uuid[])"  # noqa: S608  our own names


def save(name: str, row: type[BaseModel], primary_key: Sequence[str]) -> str:
    """Writes the rows of the JSON list `$1` over those that are there."""
    columns = ", ".join(row.model_fields)
    changes = ", ".join(f"{each} = excluded.{each}" for each in row.model_fields if each not in primary_key)
    conflict = f"DO UPDATE SET {changes}" if changes else "DO NOTHING"
    return (
        f"INSERT INTO {name} ({columns}) SELECT {columns}"  # noqa: S608  our own names
        f" FROM jsonb_populate_recordset(null::{name}, $1::text::jsonb)"
        f" ON CONFLICT ({', '.join(primary_key)}) {conflict}"
    )


def delete(name: str, primary_key: Sequence[str]) -> str:
    """Deletes the rows of the JSON list `$1`."""
    same = " AND ".join(f"r.{each} = gone.{each}" for each in primary_key)
    return (
        f"DELETE FROM {name} AS r"  # noqa: S608  our own names
        f" USING jsonb_populate_recordset(null::{name}, $1::text::jsonb) AS gone WHERE {same}"
    )


def _columns(row: type[BaseModel]) -> Iterator[str]:
    for name, field in row.model_fields.items():
        of, nullable = _without_none(field.annotation)
        yield f"{name} {_type(of)}{'' if nullable else ' NOT NULL'}"


def _without_none(annotation: Any) -> tuple[Any, bool]:
    if get_origin(annotation) in {Union, UnionType}:
        others = [each for each in get_args(annotation) if each is not NoneType]
        if len(others) == 1:
            return others[0], True
    return annotation, False


def _type(of: Any) -> str:
    if get_origin(of) is tuple:
        each = _type(get_args(of)[0])
        return each if each == "jsonb" else f"{each}[]"
    plain = get_origin(of) or of
    if isinstance(plain, type):
        if issubclass(plain, BaseModel):
            return "jsonb"
        if issubclass(plain, Enum):
            return "text"
        if plain in _TYPES:
            return _TYPES[plain]
    raise TypeError(f"a row can't hold {of!r}")
