"""Which digests have named a case."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import assert_never
from uuid import UUID

from shared.contracts.notifications import DigestEvent, NamedInDigest


@dataclass(frozen=True, slots=True)
class DigestState:
    """A case as digests see it; `named_by` are their messages."""

    named_by: frozenset[UUID] = frozenset()


INITIAL = DigestState()


def evolve(state: DigestState, event: DigestEvent) -> DigestState:
    match event:
        case NamedInDigest():
            return replace(state, named_by=state.named_by | {event.notification})
        case _:
            assert_never(event)
