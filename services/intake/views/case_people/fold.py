"""Who is in a case follows from how it was opened."""

from __future__ import annotations

from uuid import UUID

from shared.contracts.intake import CaseOpened
from shared.kit import sql
from shared.kit.log import Received, Row, Rows, RowView


class PartRow(Row):
    """A person's part in a case: `customer`, or `representative`."""

    case_id: UUID
    person_id: UUID
    part: str


def evolve(rows: Rows[PartRow], received: Received) -> None:
    """The case's people after the event; whoever is both is the customer."""
    event = received.event
    assert isinstance(event, CaseOpened)
    for part, person in (("representative", event.representative), ("customer", event.customer)):
        if person is not None:
            rows[person.person_id] = PartRow(
                case_id=received.envelope.key, person_id=person.person_id, part=part
            )


CASE_PEOPLE = RowView(
    "case_people",
    PartRow,
    primary_key=("case_id", "person_id"),
    indexes=sql.load(__package__, "indexes.sql"),
    kinds=(CaseOpened,),
    evolve=evolve,
)
