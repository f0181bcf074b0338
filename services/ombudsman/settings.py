"""What the ombudsman service is told by its environment: what every service is told."""

from __future__ import annotations

from shared.kit.runtime import Settings


class OmbudsmanSettings(Settings):
    """`REDRESS_*`."""
