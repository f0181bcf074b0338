"""What deadlines is told by its environment, besides what every service is told."""

from __future__ import annotations

from functools import cached_property

from pydantic import Field, PrivateAttr, field_validator

from services.deadlines.application.calendar import KnownCalendar
from services.deadlines.domain.clock.arming import Arming
from shared.kit.runtime import Settings
from shared.rules.calendar import load_calendar
from shared.rules.calendar.office_hours import OfficeHours, parse_office_hours
from shared.rules.regimes import load_regimes


def _shipped() -> KnownCalendar:
    return KnownCalendar(load_calendar(), load_calendar())


class DeadlinesSettings(Settings):
    """`REDRESS_*`."""

    marks_within: float = Field(
        default=60.0,
        gt=0,
        description="Seconds: how old a relay's mark may be when something is recorded as missed.",
    )
    _calendar: KnownCalendar = PrivateAttr(default_factory=_shipped)

    @field_validator("office_hours")
    @classmethod
    def _readable(cls, value: str) -> str:
        parse_office_hours(value)
        return value

    @cached_property
    def hours(self) -> OfficeHours:
        """When reminders may leave."""
        return parse_office_hours(self.office_hours)

    @property
    def calendar(self) -> KnownCalendar:
        """The one calendar of this process: decisions look into its stream, timers are armed by what is known."""
        return self._calendar

    def arming(self) -> Arming:
        """What timers are armed by, as it is now."""
        return Arming(self._calendar.now, self.hours, load_regimes())
