"""What the person is whom a token proves: from the facts, as they are on this day in London.

A yes may come from what has been read so far, seconds old at most while the log flows. A no is given only when
everything is read that had been recorded when it was asked for; else the answer is: ask again in a moment.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from time import monotonic
from typing import Final, Protocol
from uuid import UUID

from shared.casework.staff.facts import StaffFacts
from shared.casework.staff.picture import Picture, utc_now
from shared.casework.staff.roles import scopes_of
from shared.casework.staff.view import StaffRow
from shared.kit import sql
from shared.kit.eventstore import Pool
from shared.kit.http import Principal, Problem, Proven
from shared.rules.calendar.london import london_day

_FIND: Final = sql.load(__package__, "find.sql")
_OLDEST: Final = timedelta(hours=1)
"""While the log can't be reached, people go on for so long as they were; then only intake knows who they are."""
_KEPT_FOR: Final = 2.0
"""Seconds."""
_MOST_KEPT: Final = 10_000


class Source(Protocol):
    """Where a service has its facts from."""

    async def facts(self, person_id: UUID) -> StaffFacts | None:
        """What the person is; None: not heard of.

        Raises:
            Problem: 503, it can't be said.
        """
        ...

    async def heard(self, by: datetime) -> bool:
        """Waits a little until everything recorded by then is among the facts; False where it isn't."""
        ...


@dataclass(frozen=True, slots=True)
class FromView:
    """The view `staff` of any service, as long as its picture isn't too old."""

    pool: Pool
    picture: Picture
    wait: Callable[[datetime], Awaitable[bool]]

    async def facts(self, person_id: UUID) -> StaffFacts | None:
        """One statement, on two primary keys."""
        if not await self.picture.younger_than(_OLDEST) and not await self.heard(utc_now()):
            raise _not_yet("This service hasn't read for a while who works here.")
        row = await self.pool.fetchrow(_FIND, person_id)
        assert row is not None
        if row["parked"]:
            raise _not_yet("What is recorded of you waits for a repair: `redress parked list`.")
        return None if row["facts"] is None else StaffRow.model_validate_json(row["facts"])

    async def heard(self, by: datetime) -> bool:
        """As the service hears."""
        return await self.wait(by)


@dataclass(frozen=True, slots=True)
class _Kept:
    facts: StaffFacts
    until: float


class StaffPersons:
    """The port that the kit's HTTP side asks, over a source of facts."""

    def __init__(self, source: Source, now: Callable[[], datetime] = utc_now) -> None:
        self._source = source
        self._now = now
        self._kept: dict[UUID, _Kept] = {}

    async def find(self, proven: Proven) -> Principal:
        """The person, from facts that are a few seconds old at most while the log flows.

        Raises:
            Problem: 403, nobody of the staff; 503, this service can't say yet.
        """
        kept = self._kept.get(proven.person_id)
        facts = kept.facts if kept and kept.until > monotonic() else await self._read(proven.person_id)
        day = london_day(self._now())
        if facts is not None and facts.works_on(day):
            return _principal(proven, facts, day)
        return await self.find_surely(proven)

    async def find_surely(self, proven: Proven) -> Principal:
        """The person, from everything that had been recorded by now.

        Raises:
            Problem: 403, nobody of the staff; 503, this service can't say yet.
        """
        if not await self._source.heard(utc_now()):
            raise _not_yet("This service hasn't read everything that is recorded about the staff.")
        facts, day = await self._read(proven.person_id), london_day(self._now())
        if facts is None or not facts.works_on(day):
            raise Problem(
                403,
                "not-staff",
                "Redress doesn't know you as staff, or not any more.",
                "Ask an administrator to register you: `redress staff add`, or POST /staff of intake.",
            )
        return _principal(proven, facts, day)

    async def _read(self, person_id: UUID) -> StaffFacts | None:
        facts = await self._source.facts(person_id)
        if facts is None:
            self._kept.pop(person_id, None)
            return None
        if len(self._kept) >= _MOST_KEPT:
            self._kept.clear()
        self._kept[person_id] = _Kept(facts, monotonic() + _KEPT_FOR)
        return facts


def _principal(proven: Proven, facts: StaffFacts, day: date) -> Principal:
    roles = facts.roles_on(day)
    if proven.only_roles is not None:
        roles &= proven.only_roles
    return Principal(proven.id, scopes_of(roles), roles, facts.units_on(day), facts.groups_on(day))


def _not_yet(why: str) -> Problem:
    return Problem(
        503,
        "not-heard-of-yet",
        "This service can't say yet who you are.",
        f"{why} Send the same request again in a moment.",
        headers={"Retry-After": "1"},
    )
