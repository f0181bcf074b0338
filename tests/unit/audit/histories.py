"""Rows of audit's log as they would be kept, without a database."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from services.audit.views.log.headers import pack
from services.audit.views.log.rows import LogRow
from shared.kit.events import Envelope, Event
from shared.kit.merkle import CaseHead, leaf_of
from tests.kit.heard import enveloped

CASE = UUID(int=0xCA5E)
START = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
OFFICER = "person:00000000-0000-0000-0000-00000000000f"


@dataclass(frozen=True)
class Said:
    """An event before it is kept."""

    envelope: Envelope
    value: bytes


@dataclass
class History:
    """Events of one case, told in the order in which they were recorded."""

    said: list[Said] = field(default_factory=list)

    def tell(
        self,
        service: str,
        event: Event | dict[str, Any],
        *,
        wire_name: str = "",
        stream: str = "",
        after: timedelta = timedelta(minutes=5),
        happened: datetime | None = None,
        recorded: datetime | None = None,
        because: UUID | None = None,
        principal: str = OFFICER,
    ) -> UUID:
        """Adds an event, recorded `after` the one before; gives its id."""
        stream = stream or f"{service}-{CASE}"
        version = 1 + sum(said.envelope.stream == stream for said in self.said)
        last = self.said[-1].envelope.recorded_at if self.said else START - after
        recorded = recorded or last + after
        value = event.model_dump_json() if isinstance(event, Event) else json.dumps(event)
        envelope = enveloped(
            stream,
            version,
            wire_name or getattr(event, "wire_name", "redress.test.told.v1"),
            CASE,
            source=f"/redress/{service}",
            at=happened or recorded,
            recorded_at=recorded,
            principal=principal,
            correlation_id=UUID(int=7),
            causation_id=because,
        )
        self.said.append(Said(envelope, value.encode()))
        return envelope.event_id

    def rows(self) -> list[LogRow]:
        """As kept in the order in which they were told."""
        return kept(self.said)


def kept(said: Iterable[Said], partition: int = 3) -> list[LogRow]:
    """Rows of events that arrived in this order."""
    head, rows = CaseHead(CASE), []
    for place, each in enumerate(said):
        headers = each.envelope.headers()
        leaf = leaf_of(headers, each.value)
        head = head.then(leaf)
        rows.append(
            LogRow(
                each.envelope,
                partition,
                100 + place,
                place,
                pack(headers),
                each.value,
                leaf,
                head.count,
                head.chain,
                each.envelope.recorded_at,
            )
        )
    return rows


def without(rows: Sequence[LogRow], stream: str, version: int) -> list[LogRow]:
    """These rows as if somebody had taken one away."""
    return [row for row in rows if (row.envelope.stream, row.envelope.version) != (stream, version)]


def names(rows: Iterable[LogRow]) -> list[tuple[str, int]]:
    """Which events these are, in their order."""
    return [(row.envelope.stream, row.envelope.version) for row in rows]


def at(row: LogRow, recorded: datetime) -> LogRow:
    """The row as if it had been recorded then."""
    return replace(row, envelope=replace(row.envelope, recorded_at=recorded))
