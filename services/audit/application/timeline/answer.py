"""A timeline as JSON and as text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from services.audit.application.timeline.completeness import Completeness
from services.audit.application.timeline.cut import Cut
from services.audit.application.timeline.lines import Line
from services.audit.views.log.rows import service_of
from shared.kit.events import instant
from shared.rules.calendar.london import LONDON

_INDENT: Final = " " * 6


@dataclass(frozen=True, slots=True)
class Timeline:
    """A case's timeline, as it was asked for."""

    reference: str
    case_id: UUID
    cut: Cut
    completeness: Completeness
    lines: Sequence[Line]

    def as_json(self) -> dict[str, Any]:
        """Everything, both times of every event included."""
        return {
            "reference": self.reference,
            "case_id": str(self.case_id),
            "as_at": _optional(self.cut.as_at),
            "happened_by": _optional(self.cut.happened_by),
            "complete": self.completeness.complete,
            "complete_to": self.completeness.events,
            "behind": {"events": self.completeness.behind, "reasons": list(self.completeness.reasons)},
            "streams": [
                {
                    "stream": end.stream,
                    "source": end.source,
                    "complete_to": end.complete_to,
                    "missing": list(end.missing),
                }
                for end in self.completeness.streams
            ],
            "left_out": {"recorded_later": self.cut.later, "happened_later": self.cut.not_yet},
            "events": [_event(line) for line in self.lines],
        }

    def as_text(self) -> str:
        """For a person: London times, a sentence an event, and below it what the sentence leaves out."""
        return "".join(f"{text}\n" for text in self._texts())

    def _texts(self) -> Iterable[str]:
        yield f"Timeline of {self.reference}"
        yield f"{self.completeness.sentence()}."
        yield from _cut(self.cut)
        for line in self.lines:
            yield ""
            yield from _line(line)


def _cut(cut: Cut) -> Iterable[str]:
    for moment, what, left_out in (
        (cut.as_at, "As it was known", cut.later),
        (cut.happened_by, "What had happened", cut.not_yet),
    ):
        if moment is not None:
            yield f"{what} at {london(moment)}: {left_out} later event{'' if left_out == 1 else 's'} left out."


def _line(line: Line) -> Iterable[str]:
    envelope = line.row.envelope
    yield f"{line.number:>4}  {london(envelope.recorded_at)}  {line.told.sentence}"
    if line.times_differ:
        yield f"{_INDENT}happened {london(envelope.happened_at)}"
    who = f"{line.who} ({envelope.principal})" if line.who else envelope.principal
    yield f"{_INDENT}by {who}, in {service_of(line.row.envelope.source)}: {envelope.stream} {envelope.version}"
    if line.because_of is not None:
        yield f"{_INDENT}because of {line.because_of}"
    for name, text in line.told.details:
        first, *others = text.splitlines() or [""]
        yield f"{_INDENT}{name.replace('_', ' ')}: {first}"
        yield from (f"{_INDENT}  {other}".rstrip() for other in others)


def _event(line: Line) -> dict[str, Any]:
    envelope = line.row.envelope
    return {
        "number": line.number,
        "event_id": str(envelope.event_id),
        "type": envelope.wire_name,
        "known": line.opened.known,
        "stream": envelope.stream,
        "version": envelope.version,
        "source": envelope.source,
        "system": service_of(line.row.envelope.source),
        "happened_at": instant(envelope.happened_at),
        "recorded_at": instant(envelope.recorded_at),
        "times_differ": line.times_differ,
        "principal": envelope.principal,
        "who": line.who,
        "why": {
            "reason": line.reason,
            "because_of": line.because_of,
            "causation_id": str(envelope.causation_id) if envelope.causation_id else None,
            "correlation_id": str(envelope.correlation_id),
        },
        "sentence": line.told.sentence,
        "details": dict(line.told.details),
        "data": line.opened.fields,
    }


def london(moment: datetime) -> str:
    """As in `22 Nov 2026 09:30:00 GMT`."""
    return f"{moment.astimezone(LONDON):%d %b %Y %H:%M:%S %Z}"


def _optional(moment: datetime | None) -> str | None:
    return None if moment is None else instant(moment)
