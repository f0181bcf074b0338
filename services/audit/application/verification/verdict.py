"""Which copy of a suspected event is not as it was: the one that the other two speak against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from services.audit.application.verification.copies import Copies, EventName
from services.audit.application.verification.report import Fault
from services.audit.application.verification.suspects import Met, Suspect
from services.audit.views.log.headers import unpack
from services.audit.views.log.rows import LogRow, service_of
from shared.kit.eventstore import StoredRow
from shared.kit.merkle import covered, leaf_of

_RECORDED = "ce_recordedtime"


@dataclass(frozen=True, slots=True)
class Copy:
    """An event's headers and value, wherever they lie."""

    headers: tuple[tuple[str, bytes], ...]
    value: bytes

    @property
    def leaf(self) -> bytes:
        return leaf_of(self.headers, self.value)


async def examine(copies: Copies, name: EventName, suspect: Suspect, *, log_was_read: bool) -> Fault:
    """The fault behind a suspect.

    Args:
        log_was_read: whether the log could be read to the end: else that it hasn't the event says nothing.
    """
    stored = await copies.stored_stream(name[0], suspect.source)
    kept = await copies.kept_stream(name[0])
    found = _Found(
        name,
        f"{service_of(suspect.source)}'s table",
        kept.get(name[1]),
        suspect.met,
        _of_store(stored.get(name[1])),
        _of_row(kept.get(name[1])),
        log_was_read,
    )
    if len({met.leaf for met in suspect.met}) > 1:
        theirs = found.theirs
        added = next(
            (met for met in suspect.met if theirs is None or met.leaf != theirs.leaf), suspect.met[-1]
        )
        return found.fault("the log", "added", "the same event with other bytes", added)
    if found.theirs is None:
        return _not_stored(found, later=any(version > name[1] for version in stored))
    if found.mine is None:
        return _not_kept(found, found.theirs)
    return _differing(found, found.theirs, found.mine, _Streams(stored, kept))


@dataclass(frozen=True, slots=True)
class _Streams:
    stored: Mapping[int, StoredRow]
    kept: Mapping[int, LogRow]


@dataclass(frozen=True, slots=True)
class _Found:
    name: EventName
    table: str
    row: LogRow | None
    met: list[Met]
    theirs: Copy | None
    mine: Copy | None
    log_was_read: bool

    @property
    def on_log(self) -> bytes | None:
        return self.met[0].leaf if self.met else None

    @property
    def off_log(self) -> bool:
        """Whether it is certain that the log doesn't have it."""
        return not self.met and self.log_was_read

    def fault(self, where: str, what: str, detail: str = "", at: Met | None = None) -> Fault:
        place = at or (self.met[0] if self.met else None)
        if place is not None:
            return Fault(where, what, *self.name, place.partition, place.offset, detail)
        if self.row is not None:
            return Fault(where, what, *self.name, self.row.partition, self.row.log_offset, detail)
        return Fault(where, what, *self.name, detail=detail)


def _not_stored(found: _Found, *, later: bool) -> Fault:
    """The service doesn't have it; `later`: but a later event of the stream."""
    if found.mine is None and found.met:
        return found.fault("the log", "added", f"{found.table} does not have it")
    if found.off_log:
        return found.fault("audit's copy", "added", f"neither {found.table} nor the log has it")
    return found.fault(found.table, "removed", "" if later else "or somebody else added it to the log")


def _not_kept(found: _Found, theirs: Copy) -> Fault:
    if not found.met:
        return found.fault(found.table, "added", "it was never published")
    detail = "" if found.on_log == theirs.leaf else f"{found.table} and the log differ, too"
    return found.fault("audit's copy", "removed", detail)


def _differing(found: _Found, theirs: Copy, mine: Copy, streams: _Streams) -> Fault:
    if theirs.leaf == mine.leaf:
        return _not_as_on_the_log(found, mine)
    if found.on_log == theirs.leaf:
        others = {v: copy for v, row in streams.stored.items() if (copy := _of_store(row)) is not None}
        return _odd(found, "audit's copy", theirs, mine, others)
    others = {v: copy for v, row in streams.kept.items() if (copy := _of_row(row)) is not None}
    kept_leaf = None if found.row is None else found.row.leaf_hash
    if mine.leaf == (found.on_log or kept_leaf):
        return _odd(found, found.table, mine, theirs, others)
    every = f"{found.table}, the log and audit's copy"
    return found.fault(every, "changed", f"no two agree; {_differences(theirs, mine)}")


def _not_as_on_the_log(found: _Found, mine: Copy) -> Fault:
    """Service and audit agree on headers and value."""
    if found.off_log:
        return found.fault("the log", "removed")
    if found.on_log in (None, mine.leaf):
        return found.fault("audit's copy", "changed", "its columns or its hash are not those of its bytes")
    met = found.met[0]
    return found.fault("the log", "changed", _differences(mine, Copy(met.headers, met.value)))


def _odd(found: _Found, where: str, good: Copy, odd: Copy, others: Mapping[int, Copy]) -> Fault:
    for version, other in others.items():
        if version != found.name[1] and _is_other(odd, good, other):
            return found.fault(where, "swapped", f"it has what belongs to event {version}")
    return found.fault(where, "changed", _differences(good, odd))


def _is_other(odd: Copy, good: Copy, other: Copy) -> bool:
    """Whether the odd copy has the value of another event, or the time at which that was recorded."""
    if odd.value == other.value != good.value:
        return True
    recorded = [dict(copy.headers).get(_RECORDED) for copy in (odd, good, other)]
    return recorded[0] == recorded[2] != recorded[1]


def _differences(good: Copy, odd: Copy) -> str:
    """The names of what differs; never the contents."""
    theirs, mine = covered(good.headers), covered(odd.headers)
    before, after = dict(theirs), dict(mine)
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    if not names and theirs != mine:
        names = ["the order of the headers"]
    return ", ".join([*names, *(["value"] if good.value != odd.value else [])])


def _of_row(row: LogRow | None) -> Copy | None:
    if row is None:
        return None
    try:
        return Copy(unpack(row.headers), row.value)
    except ValueError:
        return Copy((), row.value)


def _of_store(row: StoredRow | None) -> Copy | None:
    return None if row is None else Copy(tuple(row.envelope.headers()), row.state)
