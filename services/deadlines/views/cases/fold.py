"""Folds what deadlines shows of a case beside its clocks, from intake's own events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from shared.contracts.intake import (
    Assigned,
    CaseOpened,
    CaseRefused,
    Closed,
    EscalationRequested,
    Reopened,
    Triaged,
)
from shared.kit import sql
from shared.kit.events import Event, UnknownEvent
from shared.kit.log import Connection, Received


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A row of `cases`, its fields in the order of the columns."""

    case_id: UUID
    reference: str | None = None
    regime: str | None = None
    stage: str | None = None
    received_on: date | None = None
    department_id: UUID | None = None
    department_name: str | None = None
    officer_id: UUID | None = None
    historic: bool = False
    restricted: bool = False
    closed: bool = False


class CasesView:
    """One row a case."""

    name: Final = "cases"
    version: Final = 1
    tables: Final = ("cases",)
    schema_sql: Final = sql.load(__package__, "tables.sql")

    async def fold(self, connection: Connection, events: Sequence[Received]) -> None:
        """Writes the rows that these events change."""
        told = [received for received in events if isinstance(received.event, _TOLD)]
        if not told:
            return
        keys = list({received.envelope.key for received in told})
        rows = {
            row["case_id"]: CaseRow(*row)
            for row in await connection.fetch(sql.load(__package__, "known.sql"), keys)
        }
        for received in told:
            key = received.envelope.key
            rows[key] = changed(rows.get(key, CaseRow(key)), received.event)
        columns = zip(*(astuple(row) for row in rows.values()), strict=True)
        await connection.execute(sql.load(__package__, "write.sql"), *map(list, columns))


_TOLD = (CaseOpened, Triaged, Assigned, EscalationRequested, CaseRefused, Closed, Reopened)


def changed(row: CaseRow, event: Event | UnknownEvent) -> CaseRow:  # noqa: PLR0911  a table, one event a row
    """The row after the event."""
    match event:
        case CaseOpened():
            return replace(
                row,
                reference=event.reference,
                received_on=event.receipt.received_on,
                historic=event.historic,
            )
        case Triaged():
            return replace(
                row,
                regime=event.regime,
                stage=event.stage,
                received_on=event.received_on,
                restricted=event.restricted,
            )
        case Assigned():
            return replace(
                row,
                department_id=event.department_id,
                department_name=event.department_name,
                officer_id=event.officer_id,
            )
        case EscalationRequested():
            return replace(row, stage=event.stage)
        case CaseRefused() | Closed():
            return replace(row, closed=True)
        case Reopened():
            return replace(row, closed=False)
        case _:
            return row
