"""Folds erasures."""

from __future__ import annotations

from uuid import UUID

from shared.contracts.intake import PersonErased
from shared.kit.log import Received, Row, Rows, RowView


class ErasedRow(Row):
    """A person whose key was destroyed."""

    person_id: UUID


def evolve(rows: Rows[ErasedRow], received: Received) -> None:
    """They are erased, and stay so."""
    key = received.envelope.key
    rows.setdefault(key, ErasedRow(person_id=key))


PEOPLE = RowView("erased_people", ErasedRow, primary_key=("person_id",), kinds=(PersonErased,), evolve=evolve)
