"""The use cases of a referral: find the case, load, decide, append."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

import asyncpg

from services.ombudsman.domain import commands as c
from services.ombudsman.domain.decide import ReferralDecider, referral_decider
from services.ombudsman.domain.state import ReferralState
from services.ombudsman.domain.vocabulary import Vocabulary
from services.ombudsman.vocabulary import load_vocabulary
from shared.kit import sql
from shared.kit.events import Event, Recorded, UnknownEvent, command_id
from shared.kit.eventstore import Handled, Order, Pool, PostgresEventStore, ReferenceRow, handle
from shared.kit.http import Heard, Principal, find_case

_LONDON: Final = ZoneInfo("Europe/London")
_BY_REFERENCE: Final = sql.load("services.ombudsman.views.cases", "by_reference.sql")
_PREFIX: Final = "ombudsman-"


@dataclass(frozen=True, slots=True)
class Case:
    """A council case as this service has heard of it."""

    case_id: UUID
    reference: str
    owner: UUID


@dataclass(frozen=True, slots=True)
class Desk:
    """What the use cases work with."""

    pool: Pool
    store: PostgresEventStore
    heard: Heard
    words: Vocabulary

    @property
    def referral(self) -> ReferralDecider:
        """The rules of a referral."""
        return referral_decider(self.words)

    async def case(self, reference: str, principal: Principal) -> Case:
        """The case that the reference names.

        Raises:
            Problem: 404 where there is none for this principal; 409 while this service hasn't read that far.
        """

        async def find() -> Case | None:
            found = await self.pool.fetchrow(_BY_REFERENCE, reference)
            if found is None or (found["restricted"] and not principal.sees_restricted):
                return None
            return Case(found["case_id"], found["reference"], found["owner"])

        return await find_case(reference, find, self.heard)

    async def give(self, case: Case, referral: UUID, command: c.AnyReferralCommand, order: Order) -> Handled:
        """Gives a command to a referral of the case."""
        return await handle(
            self.store, self.referral, stream_of(referral), case.case_id, command, order=order
        )

    async def history(self, referral: UUID) -> tuple[Recorded[Event | UnknownEvent], ...]:
        """A referral's events; none where it was never opened."""
        return await self.store.load(stream_of(referral))

    async def state(self, referral: UUID) -> tuple[ReferralState, int]:
        """What a referral's events lead to, and their number."""
        events = await self.history(referral)
        known = (recorded.event for recorded in events if isinstance(recorded.event, Event))
        return self.referral.fold(known), len(events)

    async def referrals(self, case: Case) -> list[UUID]:
        """The referrals of a case, from the references that were reserved with their first events."""
        rows = await self.pool.fetch(sql.load(__package__, "referrals_of_case.sql"), case.case_id)
        return [UUID(row["stream"].removeprefix(_PREFIX)) for row in rows]

    async def list(self, principal: Principal, *, still_open: bool | None) -> list[asyncpg.Record]:
        """Every referral that the principal may see; only open or only decided ones where that is asked."""
        statement = sql.load("services.ombudsman.views.desk", "list.sql")
        return await self.pool.fetch(statement, principal.sees_restricted, still_open)

    async def looked_at(self, case: Case, principal: Principal, what: str) -> None:
        """Records who looked at what; never in the case's own streams."""
        await self.store.record_access(principal.id, case.case_id, case.reference, f"ombudsman: {what}")


def desk(pool: Pool, store: PostgresEventStore, heard: Heard) -> Desk:
    """The use cases over this release's Ombudsmen."""
    return Desk(pool, store, heard, load_vocabulary())


def referral_id(case_id: UUID, ombudsman: str, their_reference: str) -> UUID:
    """A referral is known by the Ombudsman's own reference: the same one is the same referral."""
    return command_id("referral", str(case_id), ombudsman, " ".join(their_reference.split()))


def stream_of(referral: UUID) -> str:
    """The stream of a referral."""
    return f"{_PREFIX}{referral}"


def reservation(case: Case, ombudsman: str, their_reference: str, referral: UUID) -> ReferenceRow:
    """Keeps one reference of an Ombudsman from being recorded on two cases."""
    name = f"{ombudsman}/{' '.join(their_reference.split())}"
    return ReferenceRow(name, stream_of(referral), case.case_id)


def today() -> date:
    """The London day."""
    return datetime.now(UTC).astimezone(_LONDON).date()
