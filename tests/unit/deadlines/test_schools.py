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
from shared.contracts.deadlines import ClockStarted, DueDateMoved, FactNoted
from shared.rules.calendar import Calendar, load_calendar
from shared.rules.calendar.schools import School, Term, load_schools
from shared.rules.regimes import Working
from tests.unit.deadlines.facts import happened, opened, received, triaged
from tests.unit.deadlines.telling import given, hear, run

JULY = date(2026, 7, 10)
OAKFIELD = load_schools(SCHOOLS)[0]


def elm(last_day: date = date(2026, 9, 30)) -> School:
    """A school without a summer holiday, whose terms are known until a day."""
    term = Term(name="2026", first_day=date(2026, 4, 13), last_day=last_day)
    return School(school="elm", name="Elm School", version=date(2026, 5, 1), source="a test", terms=(term,))


def knowing(*schools: School) -> Calendar:
    """A calendar with the terms of these schools alone."""
    return load_calendar().with_schools(schools)


def request(school: str) -> tuple[FactNoted, FactNoted]:
    """A request to a school, of 10 July 2026."""
    return opened(JULY), triaged("foi-school", JULY, school=school)


def test_given_a_request_in_july_when_its_clocks_start_then_they_count_the_schools_days() -> None:
    case = given(*request("oakfield"))
    assert run(case).due_on == date(2026, 9, 22)
    assert run(case, "respond_latest").due_on == date(2026, 10, 7)
    for clock in ("refusal_notice_latest", "fees_notice_latest"):
        assert run(case, clock).due_on == date(2026, 9, 22)
    working = Working.from_dict(run(case).working)
    assert any("No session at Oakfield Primary School" in line for line in working.lines())


def test_given_an_internal_review_then_it_counts_ordinary_working_days() -> None:
    case = given(*request("oakfield"), happened("request:responded", date(2026, 9, 22))).when(
        hear(happened("review:escalation-requested", date(2026, 9, 28)))
    )
    assert run(case, "internal_review").due_on == date(2026, 10, 26)


def test_given_another_school_when_triage_is_corrected_then_the_dates_move_because_other_days_are_counted() -> (
    None
):
    case = given(knowing(OAKFIELD, elm()), *request("oakfield")).when(
        hear(triaged("foi-school", JULY, school="elm"))
    )
    moved = [event for event in case.events() if isinstance(event, DueDateMoved) and event.clock == "respond"]
    assert [(event.cause, event.previous_due_on, event.due_on) for event in moved] == [
        ("recalculated", date(2026, 9, 22), date(2026, 8, 11))
    ]
    assert run(case, "respond_latest").due_on == date(2026, 10, 7)


def later_autumn() -> School:
    """Oakfield by its file of 1 August, in which autumn begins on 7 September."""
    before, last = OAKFIELD.terms[6], OAKFIELD.terms[5]
    assert (before.name, last.name) == ("autumn 2026", "summer 2026")
    later = before.model_copy(update={"first_day": date(2026, 9, 7), "closed": before.closed[1:]})
    terms = tuple({before: later}.get(term, term) for term in OAKFIELD.terms)
    return OAKFIELD.model_copy(update={"version": date(2026, 8, 1), "terms": terms})


def test_given_new_term_dates_when_the_clocks_are_looked_at_then_they_follow_by_an_event() -> None:
    known, known_later = knowing(OAKFIELD), replace(knowing(OAKFIELD), schools=(later_autumn(),))
    case = given(known, *request("oakfield"), known_later).when(Recalculate())
    assert {event.cause for event in case.events() if isinstance(event, DueDateMoved)} == {"recalculated"}
    assert run(case).due_on == date(2026, 9, 24)
    assert run(case).calendar_version.endswith("+oakfield.2026-08-01")
    given(known, *request("oakfield"), known_later, Recalculate()).when(Recalculate()).nothing()


def test_given_terms_that_end_too_soon_when_the_case_is_heard_of_then_no_date_is_guessed() -> None:
    case = given(knowing(elm(date(2026, 7, 21))), *request("elm"))
    assert "respond" not in {clock for clock, _ in case.state().runs}
    assert run(case, "respond_latest").due_on == date(2026, 10, 7)


def test_given_a_case_without_a_date_when_the_terms_are_known_then_its_clock_starts() -> None:
    case = given(knowing(elm(date(2026, 7, 21))), *request("elm"), knowing(elm())).when(Recalculate())
    assert "respond" in {event.clock for event in case.events() if isinstance(event, ClockStarted)}
    assert run(case).due_on == date(2026, 8, 11)


CLARIFIED = Restart(kind="clarification", on=date(2026, 8, 3))


def test_given_a_clarification_whose_date_lies_beyond_the_terms_when_it_is_recorded_then_it_says_what_to_add() -> (
    None
):
    refused = given(knowing(elm(date(2026, 8, 12))), *request("elm")).when(CLARIFIED).refused("no-term-dates")
    assert "add the terms that are missing to elm.toml" in refused.title


def test_given_a_clarification_that_was_refused_when_the_terms_are_known_then_it_can_be_recorded() -> None:
    case = given(knowing(elm(date(2026, 8, 12))), *request("elm"), knowing(elm())).when(CLARIFIED)
    assert run(case).due_on == date(2026, 9, 1)


def test_given_a_school_whose_file_is_missing_here_then_the_fact_is_no_refusal_and_parks() -> None:
    with pytest.raises(LookupError, match=r"no term dates of a school 'elm'.*add its file"):
        given(knowing(OAKFIELD), *request("elm"))


def test_given_a_fees_notice_in_the_holidays_when_it_is_paid_then_only_school_days_are_gained() -> None:
    case = given(*request("oakfield")).when(
        Pause(kind="fees-notice", on=date(2026, 7, 27), until=date(2026, 7, 31))
    )
    assert run(case).due_on == date(2026, 9, 22)
    assert run(case, "respond_latest").due_on == date(2026, 10, 14)


def test_given_an_ordinary_request_then_no_school_is_asked_for() -> None:
    case = given(*received("foi", JULY))
    assert run(case).due_on == date(2026, 8, 11)
    assert Working.from_dict(run(case).working).school is None
    assert [fact.school for fact in case.state().facts if fact.fact == Fact.TRIAGED] == [""]
