"""What a person is whom a token proves: never more than is recorded, and a no only when everything is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from shared.casework.staff import Picture, StaffFacts, StaffPersons, look_up
from shared.casework.staff.terms import GroupTerm, RoleTerm, UnitTerm
from shared.kit.http import Problem, Proven
from shared.kit.log import LogOffset, Mark, MarksReader

OLU, PARKS = UUID(int=10), UUID(int=11)
TODAY, NOON = date(2026, 6, 10), datetime(2026, 6, 10, 11, tzinfo=UTC)
DAY = timedelta(days=1)
WHO = Proven(f"person:{OLU}")


def olu(*roles: RoleTerm, **more: Any) -> StaffFacts:
    return StaffFacts(person_id=OLU, roles=roles, **more)


def role(name: str = "officer", since: date = TODAY, until: date | None = None) -> RoleTerm:
    return RoleTerm(role=name, from_on=since, until_on=until)


@dataclass
class Told:
    """A source that says what it is told, one answer after another, the last one for ever."""

    answers: list[StaffFacts | None]
    level: bool = True
    asked: int = 0
    waited: int = 0

    async def facts(self, _: UUID) -> StaffFacts | None:
        answer = self.answers[min(self.asked, len(self.answers) - 1)]
        self.asked += 1
        return answer

    async def heard(self, _: datetime) -> bool:
        self.waited += 1
        return self.level


@dataclass
class Clock:
    at: datetime = NOON

    def __call__(self) -> datetime:
        return self.at


@dataclass
class Seconds:
    """The look-up's own clock, moved by hand."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds(monkeypatch: pytest.MonkeyPatch) -> Seconds:
    clock = Seconds()
    monkeypatch.setattr(look_up, "monotonic", clock)
    return clock


def persons(source: Told, clock: Clock | None = None) -> StaffPersons:
    return StaffPersons(source, clock or Clock())


async def refused(people: StaffPersons, who: Proven = WHO) -> tuple[int, str]:
    with pytest.raises(Problem) as caught:
        await people.find(who)
    return caught.value.status, str(caught.value.body["code"])


async def test_a_person_is_what_the_facts_say_of_that_day() -> None:
    facts = olu(
        role(),
        role("auditor", since=TODAY + DAY),
        role("supervisor", since=TODAY - DAY, until=TODAY - DAY),
        units=(UnitTerm(unit_id=PARKS, position="officer", from_on=TODAY),),
        groups=(GroupTerm(group="safeguarding", from_on=TODAY),),
    )
    found = await persons(Told([facts])).find(WHO)
    assert found.id == WHO.id
    assert found.roles == {"officer"}
    assert found.units == {PARKS}
    assert found.groups == {"safeguarding"}
    assert found.may("cases:write")
    assert not found.may("erase:write")


async def test_the_day_is_londons() -> None:
    clock = Clock(datetime(2026, 6, 10, 23, 30, tzinfo=UTC))  # half past midnight on the 11th in London
    found = await persons(Told([olu(role(since=TODAY + DAY))]), clock).find(WHO)
    assert found.roles == {"officer"}


async def test_a_narrowed_token_gives_no_role_that_the_person_lacks() -> None:
    narrowed = Proven(WHO.id, only_roles=frozenset({"officer", "auditor"}))
    found = await persons(Told([olu(role(), role("supervisor"))])).find(narrowed)
    assert found.roles == {"officer"}


async def test_somebody_unknown_is_refused_when_everything_is_read() -> None:
    source = Told([None])
    assert await refused(persons(source)) == (403, "not-staff")
    assert source.waited == 1


async def test_somebody_whom_a_lagging_service_has_not_heard_of_is_not_refused_but_asked_to_wait() -> None:
    assert await refused(persons(Told([None], level=False))) == (503, "not-heard-of-yet")


async def test_somebody_registered_a_moment_ago_is_waited_for() -> None:
    source = Told([None, olu(role())])
    assert (await persons(source).find(WHO)).roles == {"officer"}
    assert source.waited == 1


async def test_somebody_known_costs_one_look_in_a_few_seconds_and_waits_for_nothing(seconds: Seconds) -> None:
    source = Told([olu(role())], level=False)
    people = persons(source)
    for _ in range(5):
        await people.find(WHO)
    assert (source.asked, source.waited) == (1, 0)
    seconds.now += 3
    await people.find(WHO)
    assert source.asked == 2


async def test_a_role_that_ended_stops_within_seconds(seconds: Seconds) -> None:
    people = persons(Told([olu(role()), olu(role(until=TODAY - DAY, since=TODAY - DAY))]))
    assert (await people.find(WHO)).roles == {"officer"}
    seconds.now += 3
    assert (await people.find(WHO)).roles == frozenset()


async def test_whoever_left_is_refused_within_seconds(seconds: Seconds) -> None:
    people = persons(Told([olu(role()), olu(left_on=TODAY)]))
    await people.find(WHO)
    seconds.now += 3
    assert await refused(people) == (403, "not-staff")


async def test_a_new_role_counts_before_anybody_is_refused_for_lack_of_it() -> None:
    people = persons(Told([olu(), olu(role())]))
    assert (await people.find(WHO)).roles == frozenset()
    assert (await people.find_surely(WHO)).roles == {"officer"}


@dataclass
class Reader:
    """How far a service has read one partition; intake's mark as it comes."""

    clock: Clock = field(default_factory=Clock)
    position: int = 0
    marks: MarksReader = field(init=False)
    picture: Picture = field(init=False)

    def __post_init__(self) -> None:
        self.marks = MarksReader("unused", ("intake",))

        async def offsets() -> dict[int, LogOffset]:
            return {0: LogOffset(self.position, "the log")}

        self.picture = Picture(self.marks, offsets, "intake", self.clock)

    def mark(self, offset: int, ago: timedelta = timedelta()) -> None:
        self.marks.take(Mark("intake", 1, self.clock.at - ago, {0: LogOffset(offset, "the log")}).to_json())

    async def fresh(self) -> bool:
        return await self.picture.younger_than(timedelta(hours=1))


async def test_a_picture_is_not_trusted_before_it_was_complete_once() -> None:
    reader = Reader()
    assert not await reader.fresh()
    reader.mark(offset=4)
    assert not await reader.fresh()
    reader.position = 5
    assert await reader.fresh()


async def test_a_picture_is_trusted_for_an_hour_without_news() -> None:
    reader = Reader(position=5)
    reader.mark(offset=4)
    assert await reader.fresh()
    reader.clock.at += timedelta(minutes=59)
    assert await reader.fresh()
    reader.clock.at += timedelta(minutes=2)
    assert not await reader.fresh()


async def test_a_picture_that_lags_steadily_stays_trusted() -> None:
    reader = Reader(position=5)
    reader.mark(offset=4)
    assert await reader.fresh()
    for step in range(1, 8):
        reader.clock.at += timedelta(minutes=20)
        reader.mark(offset=100 * step)
        assert await reader.fresh(), step
        reader.position = 100 * step + 1  # read up to that mark only when the next one is out
        reader.clock.at += timedelta(minutes=20)
        reader.mark(offset=100 * (step + 1))
        assert await reader.fresh(), step
