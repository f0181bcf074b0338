"""What intake is told by its environment, besides what every service is."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from pydantic import Field

from shared.kit.runtime import CommaSeparated, Settings


class IntakeSettings(Settings):
    """`REDRESS_*`, as read at start."""

    reference_prefix: str = Field(
        default="CR",
        pattern=r"^[A-Z]{1,8}$",
        description="The first part of every reference: CR-2026-000123.",
    )
    own_adapters: CommaSeparated[str] = Field(
        default=(), description="Adapters that only the council's own systems use: their dates are believed."
    )
    own_channels: CommaSeparated[str] = Field(
        default=(), description="Channels that are the council's own: dates that come by them are believed."
    )
    own_senders: CommaSeparated[str] = Field(
        default=(), description="Principals, such as system:crm, whose dates are believed."
    )
    repeat_window: timedelta = Field(
        default=timedelta(hours=24),
        description="How long the same words from a sender without message ids are the same contact.",
    )
    quarantine_days: int = Field(
        default=90, ge=1, description="Days after which a message that nobody mended is discarded."
    )

    schools: Path | None = Field(
        default=None, description="The folder of the schools' term dates, a file each; none without one."
    )
