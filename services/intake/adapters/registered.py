"""Every adapter that intake answers to, by the name in `POST /contacts/{adapter}`."""

from __future__ import annotations

from collections.abc import Mapping

from services.intake.adapters.adapter import Adapter

ALL: tuple[Adapter, ...] = ()


def adapters() -> Mapping[str, Adapter]:
    """The adapters by name."""
    return {adapter.name: adapter for adapter in ALL}
