"""What is owed for digests: the work of a morning, and then one digest an officer."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from shared.kit.decider import Command


class StartDigests(Command):
    """Owe every officer with something due their digest of that day, and the next working day its own work."""

    verb = "start-digests"
    on: date


class WriteDigest(Command):
    """Write the officer's digest of that day; nothing where the day is over or nothing is due any more."""

    verb = "write-digest"
    notification: UUID
    officer_id: UUID
    on: date
