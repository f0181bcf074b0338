"""The view `cases`: of intake's events what finding a case and the policy need."""

from __future__ import annotations

from uuid import UUID

from shared.contracts.intake import CaseOpened, Triaged
from shared.kit import sql
from shared.kit.log import Received, Row, Rows, RowView


class CaseRow(Row):
    """A council case; `owner` is the person whose key seals texts about it."""

    case_id: UUID
    reference: str
    owner: UUID
    restricted: bool = False


def evolve(rows: Rows[CaseRow], received: Received) -> None:
    """The case's row after the event."""
    key, event = received.envelope.key, received.event
    match event:
        case CaseOpened():
            owner = key if event.customer is None else event.customer.person_id
            rows[key] = CaseRow(case_id=key, reference=event.reference, owner=owner)
        case Triaged() if key in rows:
            rows[key] = rows[key].model_copy(update={"restricted": event.restricted})
        case _:
            return


CASES = RowView(
    "cases",
    CaseRow,
    primary_key=("case_id",),
    indexes=sql.load(__package__, "indexes.sql"),
    kinds=(CaseOpened, Triaged),
    evolve=evolve,
)
"""The view `cases`."""
