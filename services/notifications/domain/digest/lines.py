"""What a digest says: a line a clock, under whether its date is over, today or near."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.notifications.domain.digest.name_case import NameCase
from shared.contracts.notifications import DueClock


@dataclass(frozen=True, slots=True)
class DueLine:
    """A running clock of a case. `title` is None where the case is restricted: then only its reference is said."""

    case_id: UUID
    reference: str
    clock: str
    occurrence: int
    due_on: date
    title: str | None

    @property
    def restricted(self) -> bool:
        """Whether nothing but the reference may be said."""
        return self.title is None


@dataclass(frozen=True, slots=True)
class Parts:
    """The lines of a digest, each part by date."""

    late: tuple[DueLine, ...]
    today: tuple[DueLine, ...]
    soon: tuple[DueLine, ...]


def parted(lines: Iterable[DueLine], today: date) -> Parts:
    """The lines as they stand on that day. Of a restricted case there is one line a part: all look alike."""
    ordered = sorted(lines, key=lambda line: (line.due_on, line.reference, line.clock))
    return Parts(
        late=_once([line for line in ordered if line.due_on < today]),
        today=_once([line for line in ordered if line.due_on == today]),
        soon=_once([line for line in ordered if line.due_on > today]),
    )


def naming(lines: Iterable[DueLine], notification: UUID, officer_id: UUID, on: date) -> dict[UUID, NameCase]:
    """What each case is told of the digest that names it, by the case."""
    due: dict[UUID, tuple[DueClock, ...]] = {}
    for line in lines:
        clock = DueClock(clock=line.clock, occurrence=line.occurrence, due_on=line.due_on)
        due[line.case_id] = (*due.get(line.case_id, ()), clock)
    return {
        case_id: NameCase(notification=notification, officer_id=officer_id, digest_on=on, due=clocks)
        for case_id, clocks in due.items()
    }


def _once(lines: Sequence[DueLine]) -> tuple[DueLine, ...]:
    restricted = {line.reference: line for line in reversed(lines) if line.restricted}
    return tuple(line for line in lines if not line.restricted or restricted[line.reference] is line)
