"""What deadlines is told by its environment, besides what every service is told."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from pydantic import Field, field_validator

from services.deadlines.application.calendar import KnownCalendar
from services.deadlines.domain.clock.arming import Arming
from shared.kit.runtime import Settings
from shared.rules.calendar import load_calendar
from shared.rules.calendar.office_hours import OfficeHours, parse_office_hours
from shared.rules.calendar.schools import load_schools
from shared.rules.regimes import load_regimes


class DeadlinesSettings(Settings):
    """`REDRESS_*`."""

    marks_within: float = Field(
        default=60.0,
        gt=0,
        description="Seconds: how old a relay's mark may be when something is recorded as missed.",
    )
    schools: Path | None = Field(
        default=None, description="The folder of the schools' term dates, a file each; none without one."
    )

    @field_validator("office_hours")
    @classmethod
    def _readable(cls, value: str) -> str:
        parse_office_hours(value)
        return value

    @cached_property
    def hours(self) -> OfficeHours:
        """When reminders may leave."""
        return parse_office_hours(self.office_hours)

    @cached_property
    def calendar(self) -> KnownCalendar:
        """The one calendar of this process: decisions look into its stream, timers are armed by what is known.

        Raises:
            RuleFileError: a school's file can't be right.
        """
        shipped = load_calendar().with_schools(load_schools(self.schools))
        return KnownCalendar(shipped, shipped)

    def arming(self) -> Arming:
        """What timers are armed by, as it is now."""
        return Arming(self.calendar.now, self.hours, load_regimes())
