"""What a verification found, in plain lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

SHOWN: Final = 20
"""Faults that are printed; the others are counted."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as it was.

    Attributes:
        where: such as `intake's table`, `the log`, `audit's copy`, `audit's trees`.
        what: `changed`, `removed`, `added`, `swapped`, `damaged` or `back-dated`.
        stream, version: the event, where it is about one.
        partition, offset: its place on the log, where that is known.
        detail: what differs, or what else is known.
    """

    where: str
    what: str
    stream: str | None = None
    version: int | None = None
    partition: int | None = None
    offset: int | None = None
    detail: str = ""

    def sentence(self) -> str:
        which = f" event {self.version} of {self.stream}" if self.stream is not None else ""
        places = (("partition", self.partition), ("offset", self.offset))
        place = ", ".join(f"{name} {value}" for name, value in places if value is not None)
        rest = (f" ({place})" if place else "") + (f": {self.detail}" if self.detail else "")
        return f"{self.where}:{which} {self.what}{rest}"


@dataclass(slots=True)
class Report:
    """The whole result.

    Attributes:
        events, streams: how many audit keeps, each compared with the store and the log.
        rows: how many stand in the tables of all services, whether they can be read in order or not.
        unpublished: stored and not on the log yet; `unread`: on the log and not with audit yet. No faults.
        set_aside: received by audit and waiting for a repair or for an earlier event. No faults either.
        checkpoints: what was found of each checkpoint looked at, one sentence each.
        faults: the first one first.
    """

    events: int = 0
    streams: int = 0
    rows: int = 0
    unpublished: int = 0
    unread: int = 0
    set_aside: int = 0
    checkpoints: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def lines(self) -> list[str]:
        lines = [f"FAULT: {fault.sentence()}" for fault in self.faults[:SHOWN]]
        if len(self.faults) > SHOWN:
            lines.append(f"... and {len(self.faults) - SHOWN} more")
        verdict = "NOT verified" if self.faults else "verified"
        lines.append(f"{self.events} events in {self.streams} streams {verdict}")
        lines.append(f"{self.rows} rows in the services' tables counted")
        for number, what in (
            (self.unpublished, "not published yet"),
            (self.unread, "published and not received by audit yet"),
            (self.set_aside, "received by audit and waiting for a repair or for an earlier event"),
        ):
            if number:
                lines.append(f"on their way: {number} {what}")
        return lines + self.checkpoints
