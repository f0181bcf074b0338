"""Events of which some copy is not like the others. Who is at fault is found when all copies have been read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from services.audit.application.verification.copies import EventName
from shared.kit.log import Record

MOST: Final = 100
"""Suspects that are looked into; a wholesale change needs no more names."""


@dataclass(frozen=True, slots=True)
class Met:
    """An event as it lies on the log."""

    partition: int
    offset: int
    leaf: bytes
    headers: tuple[tuple[str, bytes], ...]
    value: bytes


@dataclass(slots=True)
class Suspect:
    """One event, and all its records on the log that were met since it was suspected."""

    source: str
    met: list[Met] = field(default_factory=list)


@dataclass(slots=True)
class Suspects:
    """By stream and version, in the order in which they were found."""

    found: dict[EventName, Suspect] = field(default_factory=dict)
    others: int = 0

    def add(self, name: EventName, source: str) -> Suspect | None:
        """Suspects an event; None where there are too many already."""
        known = self.found.get(name)
        if known is None and len(self.found) >= MOST:
            self.others += 1
            return None
        return self.found.setdefault(name, Suspect(source))

    def meet(self, name: EventName, record: Record, leaf: bytes) -> None:
        """Notes a record of the log, if its event is suspected."""
        suspect = self.found.get(name)
        if suspect is not None:
            suspect.met.append(
                Met(record.partition, record.offset, leaf, tuple(record.headers), record.value or b"")
            )
