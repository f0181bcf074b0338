"""The calendar as it is known now: the shipped one, and what was proclaimed since."""

from __future__ import annotations

from typing import Final

from services.notifications.views.bank_holidays import BankHolidayRow
from shared.kit import sql
from shared.kit.eventstore import Pool
from shared.rules.calendar import Calendar, load_calendar

_SQL: Final = sql.Statements(__package__)


async def known_calendar(pool: Pool) -> Calendar:
    """Every bank holiday that this service has heard of. A day that the shipped calendar doesn't cover is left out."""
    calendar = load_calendar()
    for record in await pool.fetch(_SQL.bank_holidays):
        row = BankHolidayRow.model_validate_json(record[0])
        if calendar.covers(row.day):
            calendar = calendar.with_day(row.day, row.nation, row.source)
    return calendar
