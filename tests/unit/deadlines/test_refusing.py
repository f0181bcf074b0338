"""A refusal answers the request: the notice meets the clock, or meets it late (FOIA s.17(1), EIR reg 14(2))."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from services.deadlines.domain.clock.fact_from_event import fact_from
from shared.contracts.deadlines import FactNoted
from shared.contracts.intake import CaseRefused
from tests.kit.heard import enveloped
from tests.unit.deadlines.facts import CASE, PLACES, closed, happened, received, reopened
from tests.unit.deadlines.telling import given, hear, run

RECEIVED = date(2026, 6, 1)
KEY = UUID(CASE.removeprefix("case-"))


def refused(stage: str, on: date, means: str = "email") -> FactNoted:
    """Intake says that the refusal left on that day."""
    event = CaseRefused(stage=stage, ground="exemption", citation="c", ombudsman="o", sent_on=on, means=means)
    fact = fact_from(event, enveloped(CASE, next(PLACES), event.wire_name, KEY))
    assert fact is not None
    return fact


def test_a_request_of_1_june_that_was_refused_on_10_june_was_answered_that_day() -> None:
    case = given(*received("foi", RECEIVED)).when(hear(refused("request", date(2026, 6, 10))))
    met = run(case)
    assert (met.met_on, met.late, met.stopped) == (date(2026, 6, 10), False, None)


def test_a_refusal_notice_after_day_20_is_late() -> None:
    case = given(*received("foi", RECEIVED)).when(hear(refused("request", date(2026, 7, 1))))
    met = run(case)
    assert (met.due_on, met.met_on, met.late) == (date(2026, 6, 30), date(2026, 7, 1), True)


def test_a_request_that_was_refused_without_a_notice_is_answered_all_the_same_foia_17_6() -> None:
    case = given(*received("foi", RECEIVED)).when(hear(refused("request", date(2026, 6, 10), means="none")))
    assert run(case).met_on == date(2026, 6, 10)


def test_a_review_of_a_refusal_may_be_asked_for_within_40_working_days_and_then_runs() -> None:
    was_refused = (*received("foi", RECEIVED), refused("request", date(2026, 6, 10)))
    assert run(given(*was_refused), "request_internal_review_limit").due_on == date(2026, 8, 10)
    case = given(*was_refused, reopened(date(2026, 6, 20))).when(
        hear(happened("review:escalation-requested", date(2026, 6, 20)))
    )
    assert run(case, "request_internal_review_limit").met_on == date(2026, 6, 20)
    assert run(case, "internal_review").due_on == date(2026, 7, 20)


@pytest.mark.parametrize(
    ("regime", "stage", "clocks"),
    [
        ("eir", "request", ["respond"]),
        ("sar", "request", ["respond"]),
        ("children", "stage1", ["stage1_respond"]),
        ("adult-care", "single", ["respond"]),
        ("public-health", "single", ["respond"]),
        ("corporate", "stage1", ["stage1_acknowledge", "stage1_backstop"]),
        ("housing", "stage1", ["stage1_acknowledge", "stage1_backstop"]),
    ],
)
def test_a_refusal_meets_what_an_answer_meets(regime: str, stage: str, clocks: list[str]) -> None:
    case = given(*received(regime, RECEIVED)).when(hear(refused(stage, date(2026, 6, 4))))
    assert {clock: run(case, clock).met_on for clock in clocks} == dict.fromkeys(clocks, date(2026, 6, 4))


def test_nobody_is_chased_for_the_acknowledgement_of_a_matter_that_was_refused() -> None:
    """Reg 13 wants an acknowledgement that offers a discussion: a refusal isn't one, and leaves none to be sent."""
    case = given(*received("adult-care", RECEIVED)).when(hear(refused("single", date(2026, 6, 2))))
    met = run(case, "acknowledge")
    assert (met.met_on, met.stopped) == (None, "refused")


def test_the_acknowledgement_of_a_refused_matter_is_owed_again_when_it_is_taken_up_again() -> None:
    case = given(*received("adult-care", RECEIVED), refused("single", date(2026, 6, 2))).when(
        hear(reopened(date(2026, 6, 3)))
    )
    assert run(case, "acknowledge", 2).live


def test_a_case_that_was_refused_and_then_closed_stays_answered() -> None:
    case = given(*received("foi", RECEIVED), refused("request", date(2026, 6, 10))).when(
        hear(closed(date(2026, 6, 20)))
    )
    assert run(case).met_on == date(2026, 6, 10)
