"""The lines of a timeline: what happened, when, recorded when, by whom, why, and in which system."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from services.audit.application.timeline.names import NamesThen, person_of
from services.audit.application.timeline.opened import Opened, Read, open_events, read_event
from services.audit.application.timeline.sentences import Told, tell
from services.audit.views.log.rows import LogRow
from services.audit.views.names import names_of
from shared.kit.eventstore import Pool
from shared.kit.keyring import Sealer

DIFFERENT: Final = timedelta(minutes=1)
"""Apart by at least so much, both times of an event are shown."""

_UNIT_FIELDS: Final = ("department_id", "recipient_unit", "unit_id")
_STAFF_FIELDS: Final = ("officer_id", "recipient", "deputy", "person_id")


@dataclass(frozen=True, slots=True)
class Line:
    """One event of a timeline.

    Attributes:
        number: its place in this timeline, from 1.
        who: the name of the person of staff, None where it isn't known or was erased.
        because_of: the number of the line that led to this one, where it is one of these.
    """

    number: int
    row: LogRow
    opened: Opened
    told: Told
    who: str | None
    because_of: int | None

    @property
    def times_differ(self) -> bool:
        """Whether it was recorded noticeably later, or earlier, than it happened."""
        envelope = self.row.envelope
        return abs(envelope.recorded_at - envelope.happened_at) >= DIFFERENT

    @property
    def reason(self) -> str | None:
        reason = self.opened.fields.get("reason")
        return reason if isinstance(reason, str) else None


async def lines(pool: Pool, sealer: Sealer, rows: Sequence[LogRow]) -> list[Line]:
    """The lines of these events, in the order given."""
    acted = {found for row in rows if (found := person_of(row.envelope.principal)) is not None}
    events = [read_event(row) for row in rows]
    known = await names_of(pool, _ids(events, _UNIT_FIELDS), _ids(events, _STAFF_FIELDS) | acted)
    opened, texts = await open_events(sealer, rows, events, known.sealed())
    numbers = {row.envelope.event_id: number for number, row in enumerate(rows, 1)}
    return [
        _line(number, row, event, numbers, NamesThen(known, texts, row.envelope.recorded_at))
        for number, (row, event) in enumerate(zip(rows, opened, strict=True), 1)
    ]


def _line(number: int, row: LogRow, event: Opened, numbers: dict[UUID, int], names: NamesThen) -> Line:
    cause = row.envelope.causation_id
    return Line(
        number,
        row,
        event,
        tell(event.name, event.fields, names.unit, names.officer),
        names.principal(row.envelope.principal),
        numbers.get(cause) if cause is not None else None,
    )


def _ids(events: Sequence[Read], fields: Sequence[str]) -> set[UUID]:
    found = (getattr(event, name, None) for event in events for name in fields)
    return {each for each in found if isinstance(each, UUID)}
