"""Identities that are derived, so that a repeat is recognisable wherever it turns up."""

from __future__ import annotations

from typing import Final
from uuid import UUID, uuid5

NAMESPACE: Final = UUID("6b1f8c52-70d4-4f0e-9f4e-2a4d6c1f7b35")
"""The one namespace of Redress. Changing it would give every event another id: it never changes."""


def event_id(stream: str, version: int) -> UUID:
    """The id of the event at `version` (from 1) of `stream`."""
    return uuid5(NAMESPACE, f"{stream}:{version}")


def command_id(*parts: str) -> UUID:
    """A command id made from what caused it: the same cause gives the same command.

    The parts are joined by a unit separator, which stands in no principal, key or stream id.
    """
    return uuid5(NAMESPACE, "command\x1f" + "\x1f".join(parts))
