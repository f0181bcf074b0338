"""A request to a school: its dates count that school's days, and follow when what is known of its terms changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from deploy.sandbox import SCHOOLS
from services.deadlines.domain.clock.names import Fact
from services.deadlines.domain.clock.pause import Pause
from services.deadlines.domain.clock.recalculate import Recalculate
from services.deadlines.domain.clock.restart import Restart
from shared.contracts.deadlines import ClockStarted, DueDateMoved
from shared.rules.calendar.schools import School, Term, load_schools
from shared.rules.regimes import Working
from tests.unit.deadlines.telling import Story, case_under

JULY = date(2026, 7, 10)
OAKFIELD = load_schools(SCHOOLS)[0]


def elm(last_day: date = date(2026, 9, 30)) -> School:
    """A school without a summer holiday, whose terms are known until a day."""
    term = Term(name="2026", first_day=date(2026, 4, 13), last_day=last_day)
    return School(school="elm", name="Elm School", version=date(2026, 5, 1), source="a test", terms=(term,))


def at(school: School | str, *known: School, received: date = JULY, today: date = date(2026, 8, 3)) -> Story:
    """A request to a school, of which only the schools are known that are named."""
    schools = known or ((school,) if isinstance(school, School) else ())
    story = Story(today=today)
    story.calendar = story.calendar.with_schools(schools)
    name = school if isinstance(school, str) else school.school
    return story.opened(received).triaged("foi-school", received, school=name)


def test_given_a_request_in_july_when_its_clocks_start_then_they_count_the_schools_days() -> None:
    case = case_under("foi-school", JULY)
    assert case.due("respond") == date(2026, 9, 22)
    assert case.due("respond_latest") == date(2026, 10, 7)
    assert case.due("refusal_notice_latest") == case.due("fees_notice_latest") == date(2026, 9, 22)
    working = Working.from_dict(case.run("respond").working)
    assert any("No session at Oakfield Primary School" in line for line in working.lines())


def test_given_an_internal_review_then_it_counts_ordinary_working_days() -> None:
    case = case_under("foi-school", JULY)
    case.happened("request:responded", date(2026, 9, 22))
    case.happened("review:escalation-requested", date(2026, 9, 28))
    assert case.due("internal_review") == date(2026, 10, 26)


def test_given_another_school_when_triage_is_corrected_then_the_dates_move_because_other_days_are_counted() -> (
    None
):
    case = at(OAKFIELD, OAKFIELD, elm())
    case.triaged("foi-school", JULY, school="elm")
    moved = [event for event in case.past if isinstance(event, DueDateMoved) and event.clock == "respond"]
    assert [(event.cause, event.previous_due_on, event.due_on) for event in moved] == [
        ("recalculated", date(2026, 9, 22), date(2026, 8, 11))
    ]
    assert case.due("respond_latest") == date(2026, 10, 7)


def test_given_new_term_dates_when_the_clocks_are_looked_at_then_they_follow_by_an_event() -> None:
    case = at(OAKFIELD)
    before, last = OAKFIELD.terms[6], OAKFIELD.terms[5]
    later = before.model_copy(update={"first_day": date(2026, 9, 7), "closed": before.closed[1:]})
    terms = tuple({before: later}.get(term, term) for term in OAKFIELD.terms)
    assert (before.name, last.name) == ("autumn 2026", "summer 2026")
    case.calendar = replace(
        case.calendar, schools=(OAKFIELD.model_copy(update={"version": date(2026, 8, 1), "terms": terms}),)
    )
    events = case.tell(Recalculate())
    assert {event.cause for event in events if isinstance(event, DueDateMoved)} == {"recalculated"}
    assert case.due("respond") == date(2026, 9, 24)
    assert case.run("respond").calendar_version.endswith("+oakfield.2026-08-01")
    assert case.tell(Recalculate()) == ()


def test_given_terms_that_end_too_soon_when_the_case_is_heard_of_then_no_date_is_guessed_until_they_are_known() -> (
    None
):
    case = at(elm(date(2026, 7, 21)))
    assert "respond" not in {clock for clock, _ in case.state.runs}
    assert case.due("respond_latest") == date(2026, 10, 7)
    case.calendar = case.calendar.with_schools([elm()])
    events = case.tell(Recalculate())
    assert "respond" in {event.clock for event in events if isinstance(event, ClockStarted)}
    assert case.due("respond") == date(2026, 8, 11)


def test_given_a_clarification_whose_date_lies_beyond_the_terms_when_it_is_recorded_then_it_says_what_to_add() -> (
    None
):
    case = at(elm(date(2026, 8, 12)))
    refused = case.refused(Restart(kind="clarification", on=date(2026, 8, 3)), "no-term-dates")
    assert "add the terms that are missing to elm.toml" in refused.title
    case.calendar = case.calendar.with_schools([elm()])
    case.tell(Restart(kind="clarification", on=date(2026, 8, 3)))
    assert case.due("respond") == date(2026, 9, 1)


def test_given_a_school_whose_file_is_missing_here_then_the_fact_is_no_refusal_and_parks() -> None:
    with pytest.raises(LookupError, match=r"no term dates of a school 'elm'.*add its file"):
        at("elm", OAKFIELD)


def test_given_a_fees_notice_in_the_holidays_when_it_is_paid_then_only_school_days_are_gained() -> None:
    case = at(OAKFIELD)
    case.tell(Pause(kind="fees-notice", on=date(2026, 7, 27), until=date(2026, 7, 31)))
    assert case.due("respond") == date(2026, 9, 22)
    assert case.due("respond_latest") == date(2026, 10, 14)


def test_given_an_ordinary_request_then_no_school_is_asked_for() -> None:
    case = case_under("foi", JULY)
    assert case.due("respond") == date(2026, 8, 11)
    assert Working.from_dict(case.run("respond").working).school is None
    assert [fact.school for fact in case.state.facts if fact.fact == Fact.TRIAGED] == [""]
