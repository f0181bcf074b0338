"""The events that are published: every current type of the contracts, and none that a test made up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from shared.kit.events import Event, models

_PACKAGE: Final = f"{__package__}."


def public() -> Mapping[str, type[Event]]:
    """The published types by their wire name."""
    return {name: model for name, model in models().items() if model.__module__.startswith(_PACKAGE)}
