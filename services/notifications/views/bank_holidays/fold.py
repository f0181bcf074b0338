"""Folds deadlines' events of the calendar into a row a day and nation."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from shared.contracts.deadlines import BankHolidayProclaimed
from shared.kit.log import Received, Row, Rows, RowView


class BankHolidayRow(Row):
    """A day that was proclaimed a bank holiday in one nation."""

    calendar_id: UUID
    day: date
    nation: str
    source: str


def evolve(rows: Rows[BankHolidayRow], received: Received) -> None:
    event = received.event
    assert isinstance(event, BankHolidayProclaimed)
    rows[event.on, event.nation] = BankHolidayRow.said_by(
        event, calendar_id=received.envelope.key, day=event.on
    )


BANK_HOLIDAYS = RowView(
    "bank_holidays",
    BankHolidayRow,
    primary_key=("calendar_id", "day", "nation"),
    kinds=(BankHolidayProclaimed,),
    evolve=evolve,
)
