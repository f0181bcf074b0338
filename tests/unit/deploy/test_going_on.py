"""A council in the middle of its work: cases of the last weeks, some of them due, which officers can go on with."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from deploy.simulation.council import load_council
from deploy.simulation.filing import in_order_of_filing
from deploy.simulation.going_on import Urgency, due_days, going_on, next_working_day, told, urgency_of
from deploy.simulation.life import Life, Posted
from tests.unit.deploy.seen import faults

SEED, CASES = 1, 20
A_TUESDAY, A_SUNDAY = datetime(2026, 12, 1, 15, tzinfo=UTC), datetime(2026, 11, 29, 11, tzinfo=UTC)


@pytest.fixture(scope="module", params=[A_TUESDAY, A_SUNDAY], ids=["a working day", "a Sunday"])
def filed(request: pytest.FixtureRequest) -> list[Life]:
    """What is filed on that day."""
    return going_on(SEED, CASES, request.param)


def test_there_are_cases_in_every_standing_and_of_many_kinds(filed: list[Life]) -> None:
    assert {urgency_of(life) for life in filed} == set(Urgency)
    assert len(filed) == pytest.approx(CASES, abs=3)
    assert len({(life.case.regime, life.case.stage) for life in filed}) > CASES / 2


def test_something_is_due_on_the_day_or_when_the_office_opens_again(filed: list[Life]) -> None:
    day = next_working_day(filed[0].setting)
    assert day in {due for life in filed for due in due_days(life)}
    assert ("due today" in told(filed)) == (day == filed[0].setting.today)


def test_the_lives_are_lawful_and_the_cases_go_on(filed: list[Life]) -> None:
    for life in filed:
        assert list(faults(life)) == []
        contact, *_ = life.asked
        assert not contact.body["historic"]


def test_they_are_filed_in_the_order_in_which_they_came_in(filed: list[Life]) -> None:
    moments = [life.asked[0].body["submitted_at"] for life in filed]
    assert moments == sorted(moments)


def test_the_same_day_has_the_same_cases() -> None:
    one, other = (going_on(SEED, 3, A_TUESDAY) for _ in range(2))
    assert [life.asked for life in one] == [life.asked for life in other]


def test_who_has_a_case_is_said_last_or_before_it_ends() -> None:
    who = load_council().departments[0].staff[0]

    def filed_as(*verbs: str) -> list[str]:
        asked = [Posted("intake", f"/cases/{{reference}}/{verb}", {}, who) for verb in verbs]
        return [each.path.rpartition("/")[2] for _, each in in_order_of_filing(asked)]

    assert filed_as("triage", "assign", "respond") == ["triage", "respond", "assign"]
    assert filed_as("triage", "assign", "respond", "close", "assign", "note") == [
        *("triage", "respond", "assign", "close"),
        *("note", "assign"),
    ]
