"""A refusal answers the request: the notice meets the clock, or meets it late (FOIA s.17(1), EIR reg 14(2))."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from services.deadlines.domain.clock.fact_from_event import fact_from
from services.deadlines.domain.clock.names import Fact
from shared.contracts.intake import CaseRefused
from tests.kit.heard import enveloped
from tests.unit.deadlines.telling import CASE, Story, case_under

RECEIVED = date(2026, 6, 1)
KEY = UUID(CASE.removeprefix("case-"))


def refused(case: Story, stage: str, on: date, means: str = "email") -> None:
    """Intake says that the refusal left on that day."""
    event = CaseRefused(stage=stage, ground="exemption", citation="c", ombudsman="o", sent_on=on, means=means)
    case.sequence += 1
    fact = fact_from(event, enveloped(CASE, case.sequence, event.wire_name, KEY))
    assert fact is not None
    case.hear(fact)


def test_a_request_of_1_june_that_was_refused_on_10_june_was_answered_that_day() -> None:
    case = case_under("foi", RECEIVED)
    refused(case, "request", date(2026, 6, 10))
    run = case.run("respond")
    assert (run.met_on, run.late, run.stopped) == (date(2026, 6, 10), False, None)


def test_a_refusal_notice_after_day_20_is_late() -> None:
    case = case_under("foi", RECEIVED)
    refused(case, "request", date(2026, 7, 1))
    run = case.run("respond")
    assert (run.due_on, run.met_on, run.late) == (date(2026, 6, 30), date(2026, 7, 1), True)


def test_a_request_that_was_refused_without_a_notice_is_answered_all_the_same_foia_17_6() -> None:
    case = case_under("foi", RECEIVED)
    refused(case, "request", date(2026, 6, 10), means="none")
    assert case.run("respond").met_on == date(2026, 6, 10)


def test_a_review_of_a_refusal_may_be_asked_for_within_40_working_days_and_then_runs() -> None:
    case = case_under("foi", RECEIVED)
    refused(case, "request", date(2026, 6, 10))
    assert case.due("request_internal_review_limit") == date(2026, 8, 10)
    case.hear(case.fact(Fact.REOPENED, date(2026, 6, 20)))
    case.happened("review:escalation-requested", date(2026, 6, 20))
    assert case.run("request_internal_review_limit").met_on == date(2026, 6, 20)
    assert case.due("internal_review") == date(2026, 7, 20)


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
    case = case_under(regime, RECEIVED)
    refused(case, stage, date(2026, 6, 4))
    assert {clock: case.run(clock).met_on for clock in clocks} == dict.fromkeys(clocks, date(2026, 6, 4))


def test_nobody_is_chased_for_the_acknowledgement_of_a_matter_that_was_refused_until_it_is_taken_up_again() -> (
    None
):
    """Reg 13 wants an acknowledgement that offers a discussion: a refusal isn't one, and leaves none to be sent."""
    case = case_under("adult-care", RECEIVED)
    refused(case, "single", date(2026, 6, 2))
    assert case.run("acknowledge").met_on is None
    assert case.run("acknowledge").stopped == "refused"
    case.hear(case.fact(Fact.REOPENED, date(2026, 6, 3)))
    assert case.run("acknowledge", 2).live


def test_a_case_that_was_refused_and_then_closed_stays_answered() -> None:
    case = case_under("foi", RECEIVED)
    refused(case, "request", date(2026, 6, 10))
    case.hear(case.fact(Fact.ENDED, date(2026, 6, 20), cause="closed"))
    assert case.run("respond").met_on == date(2026, 6, 10)
