"""A view's table, and what reads and writes it, follow from the model of its row."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import pytest
from pydantic import BaseModel

from shared.kit.events import SealedValue
from shared.kit.log import Row
from shared.kit.log.subscriber.views import row_sql


class Standing(StrEnum):
    OPEN = "open"


class Term(BaseModel):
    on: date


class Everything(Row):
    case_id: UUID
    number: int
    standing: Standing
    subject: SealedValue | None = None
    parts: tuple[int, ...] = ()
    terms: tuple[Term, ...] = ()
    channels: tuple[str, ...] | None = None
    working: dict[str, str]
    left_on: date | None = None
    seen_at: datetime
    closed: bool


def test_a_table_has_a_column_for_each_field_of_the_row() -> None:
    assert (
        row_sql.create_table("everything", Everything, ("case_id", "number"))
        == """CREATE TABLE everything (
    case_id uuid NOT NULL,
    number bigint NOT NULL,
    standing text NOT NULL,
    subject jsonb,
    parts bigint[] NOT NULL,
    terms jsonb NOT NULL,
    channels text[],
    working jsonb NOT NULL,
    left_on date,
    seen_at timestamptz NOT NULL,
    closed boolean NOT NULL,
    PRIMARY KEY (case_id, number)
);
"""
    )


def test_what_a_row_holds_no_column_for_is_said_when_the_view_is_made() -> None:
    class Odd(Row):
        case_id: UUID
        share: complex

    with pytest.raises(TypeError, match="a row can't hold <class 'complex'>"):
        row_sql.create_table("odd", Odd, ("case_id",))


def test_a_row_of_nothing_but_its_key_is_written_once() -> None:
    class Erased(Row):
        person_id: UUID

    assert row_sql.save("erased", Erased, ("person_id",)).endswith("ON CONFLICT (person_id) DO NOTHING")
