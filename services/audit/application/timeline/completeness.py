"""How far a timeline can be trusted to show everything, said in so many words and never left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from services.audit.views.log.rows import LogRow


@dataclass(frozen=True, slots=True)
class StreamEnd:
    """A stream of the case: the last version before which none is missing, and the versions that are."""

    stream: str
    source: str
    complete_to: int
    missing: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Horizon:
    """What audit hasn't got of a case yet.

    Attributes:
        waiting: events in the case's partition that aren't read yet.
        parked: events of the case that wait for a repair.
        held: events of the case that came before their predecessors.
        doubts: services that may have recorded more, one sentence each.
    """

    waiting: int = 0
    parked: int = 0
    held: int = 0
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Completeness:
    """Whether everything is there.

    Attributes:
        events: how many events of the case audit has.
        behind: how many it knows to be missing or on their way.
        reasons: why, one sentence each; empty when the timeline is complete.
    """

    events: int
    streams: tuple[StreamEnd, ...]
    behind: int
    reasons: tuple[str, ...] = field(default=())

    @property
    def complete(self) -> bool:
        """Whether nothing is missing, as far as anybody can know."""
        return not self.reasons

    def sentence(self) -> str:
        to = f"complete to event {self.events}" if self.events else "no events"
        if self.complete:
            return to.capitalize()
        if self.behind:
            return f"Behind by {_events(self.behind)}: {'; '.join(self.reasons)}"
        return f"{to.capitalize()}, and perhaps behind: {'; '.join(self.reasons)}"


def completeness(rows: Sequence[LogRow], horizon: Horizon) -> Completeness:
    """What is known of the whole case, however it is cut."""
    streams = tuple(_streams(rows))
    reasons = [
        f"{end.stream} lacks {'event' if len(end.missing) == 1 else 'events'} {', '.join(map(str, end.missing))}"
        for end in streams
        if end.missing
    ]
    lost = max((row.case_count for row in rows), default=0) - len(rows)
    missing = max(sum(len(end.missing) for end in streams), lost)
    if lost and not reasons:
        reasons.append(
            f"{_events(lost)} of the case {'is' if lost == 1 else 'are'} missing from audit's copy"
        )
    for number, what in (
        (horizon.waiting, "not read yet in the partition of this case"),
        (horizon.parked, "of this case being repaired"),
        (horizon.held, "of this case came before earlier ones"),
    ):
        if number:
            reasons.append(f"{_events(number)} {what}")
    behind = missing + horizon.waiting + horizon.parked + horizon.held
    return Completeness(len(rows), streams, behind, (*reasons, *horizon.doubts))


def _streams(rows: Iterable[LogRow]) -> Iterable[StreamEnd]:
    found: dict[str, dict[int, LogRow]] = {}
    for row in rows:
        found.setdefault(row.envelope.stream, {})[row.envelope.version] = row
    for stream, versions in sorted(found.items()):
        last = max(versions)
        missing = tuple(version for version in range(1, last) if version not in versions)
        complete_to = missing[0] - 1 if missing else last
        yield StreamEnd(stream, versions[last].envelope.source, complete_to, missing)


def _events(number: int) -> str:
    return f"{number} event{'' if number == 1 else 's'}"
