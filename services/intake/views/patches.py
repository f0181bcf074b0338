"""Rows that events change bit by bit: what a batch changes of a row is gathered and written once."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from pydantic_core import to_json

from shared.kit.events import Personal

Columns = dict[str, Any]


class Patches:
    """For each id, the columns that are to change, the last word of each."""

    def __init__(self) -> None:
        self._rows: dict[UUID, Columns] = {}

    def set(self, row: UUID, columns: Columns) -> None:
        """These columns of that row."""
        self._rows.setdefault(row, {}).update(columns)

    def arguments(self) -> tuple[list[UUID], list[str]]:
        """The ids and, for each, its columns as JSON: the arguments of an upsert."""
        return list(self._rows), [to_json(columns).decode() for columns in self._rows.values()]

    def __bool__(self) -> bool:
        return bool(self._rows)


def sealed(value: Personal | None) -> object:
    """A sealed value as it came, for a jsonb column; None for none."""
    return value.model_dump(mode="json", exclude_none=True) if isinstance(value, BaseModel) else None


def text(value: date | datetime | UUID | None) -> str | None:
    """As PostgreSQL reads it out of JSON."""
    if value is None:
        return None
    return str(value) if isinstance(value, UUID) else value.isoformat()
