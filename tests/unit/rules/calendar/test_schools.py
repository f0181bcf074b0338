"""A school's term dates: a file a school, read strictly, and nothing guessed beyond what it says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from deploy.sandbox import SCHOOLS
from shared.rules.calendar.days import NoSuchSchool
from shared.rules.calendar.loading import load_calendar
from shared.rules.calendar.schools import OutsideTerms, School, load_schools, read_school
from shared.rules.tables import RuleFileError

ELM = """
school = "elm"
name = "Elm Primary School"
version = 2026-03-02
source = "Governors' minutes of 2 March 2026"

[[terms]]
name = "summer"
first_day = 2026-04-13
last_day = 2026-07-21
closed = [{ first_day = 2026-05-25, last_day = 2026-05-29, why = "half-term" }]

[[terms]]
name = "autumn"
first_day = 2026-09-03
last_day = 2026-12-18
"""


@pytest.fixture(scope="module")
def elm() -> School:
    return read_school("elm", ELM)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 7, 21), None),
        (date(2026, 5, 25), "half-term"),
        (date(2026, 5, 29), "half-term"),
        (date(2026, 6, 1), None),
        (date(2026, 7, 22), "between summer and autumn"),
        (date(2026, 9, 2), "between summer and autumn"),
        (date(2026, 9, 3), None),
    ],
)
def test_given_a_schools_terms_when_a_weekday_is_asked_then_it_says_why_there_is_no_session(
    elm: School, day: date, why: str | None
) -> None:
    assert elm.why_closed(day) == why


@pytest.mark.parametrize("day", [date(2026, 4, 10), date(2026, 12, 21)])
def test_given_a_day_outside_the_known_terms_when_it_is_asked_then_nobody_guesses(
    elm: School, day: date
) -> None:
    with pytest.raises(OutsideTerms) as caught:
        elm.why_closed(day)
    assert (caught.value.day, caught.value.school) == (day, elm)


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('school = "elm"', 'school = "oak"', "elm.toml: it says that it is about oak"),
        ('school = "elm"', 'school = "Elm School"', "elm.toml: school must be a text"),
        ("version = 2026-03-02\n", "", "elm.toml: version is missing"),
        ("last_day = 2026-07-21", 'last_day = "21 July"', "elm.toml terms summer: last_day must be a date"),
        ("last_day = 2026-07-21", "last_day = 2026-04-01", "term summer ends before it begins"),
        ("first_day = 2026-09-03", "first_day = 2026-07-21", "term autumn must begin after summer has ended"),
        (
            "last_day = 2026-05-29",
            "last_day = 2026-08-29",
            "half-term from 2026-05-25 to 2026-08-29 isn't in it",
        ),
        ('why = "half-term"', 'because = "half-term"', "unknown because"),
        ("[[terms]]", "[[terms", "elm.toml: "),
    ],
)
def test_given_a_fault_in_a_schools_file_when_it_is_read_then_the_place_is_named(
    before: str, after: str, message: str
) -> None:
    assert before in ELM
    with pytest.raises(RuleFileError) as caught:
        read_school("elm", ELM.replace(before, after, 1))
    assert message in str(caught.value)


def test_given_the_councils_folder_when_it_is_read_then_each_file_is_a_school(tmp_path: Path) -> None:
    (tmp_path / "elm.toml").write_text(ELM, encoding="utf-8")
    (tmp_path / "notes.txt").write_text("no school", encoding="utf-8")
    assert [school.name for school in load_schools(tmp_path)] == ["Elm Primary School"]
    assert load_schools(None) == ()
    with pytest.raises(RuleFileError, match="is no folder"):
        load_schools(tmp_path / "nowhere")


def test_given_a_trial_when_its_folder_is_read_then_it_has_one_made_up_school() -> None:
    assert [school.school for school in load_schools(SCHOOLS)] == ["oakfield"]


def test_given_a_calendar_at_a_school_then_its_name_says_which_dates_it_counts_with() -> None:
    calendar = load_calendar().with_schools(load_schools(SCHOOLS))
    assert calendar.version == load_calendar().version
    assert calendar.at("oakfield").version == f"{calendar.version}+oakfield.2026-07-01"
    with pytest.raises(NoSuchSchool):
        calendar.at("elm")
