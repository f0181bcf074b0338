"""A request to a school names the school: its days are counted (SI 2004/3364 reg 3), where its terms are known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from deploy.sandbox import SCHOOLS
from services.intake.application.rulebook import load_rulebook
from services.intake.domain.case import CaseDecider, case_decider
from services.intake.domain.case.correct_receipt import CorrectReceipt
from services.intake.domain.case.triage import TRIAGE, Triage
from shared.contracts import intake
from shared.kit.decider import Refused
from tests.unit.intake.cases import RECEIVED, circumstances, opened, responded, triaged

RULES = load_rulebook(SCHOOLS)
GIVEN = replace(circumstances(), rules=RULES)
CASE = case_decider(GIVEN)
ELM = """
school = "elm"
name = "Elm Primary School"
version = 2026-03-01
source = "a test"
terms = [{ name = "spring", first_day = 2026-01-05, last_day = 2026-03-13 }]
"""


def at(school: str = "oakfield") -> intake.Triaged:
    """It came under the regime of schools."""
    return triaged("foi-school").model_copy(update={"school": school})


@pytest.fixture(scope="module")
def two_schools(tmp_path_factory: pytest.TempPathFactory) -> CaseDecider:
    """Oakfield, and Elm, whose terms are known until 13 March 2026."""
    folder: Path = tmp_path_factory.mktemp("schools")
    (folder / "elm.toml").write_text(ELM, encoding="utf-8")
    (folder / "oakfield.toml").write_text((SCHOOLS / "oakfield.toml").read_text("utf-8"), encoding="utf-8")
    return case_decider(replace(circumstances(), rules=load_rulebook(folder)))


def refused(rules: CaseDecider, command: Triage | CorrectReceipt, *past: intake.CaseEvent) -> Refused:
    """The rules forbid it, after that past."""
    with pytest.raises(Refused) as caught:
        rules.decide(command, rules.fold(past))
    return caught.value


def test_given_a_request_to_a_school_when_it_is_triaged_then_the_case_knows_the_school() -> None:
    events = CASE.decide(Triage(regime="foi-school", school="oakfield"), CASE.fold([opened()]))
    assert events == (at(),)
    assert CASE.fold([opened(), *events]).school == "oakfield"


@pytest.mark.parametrize(
    ("school", "said"), [(None, "no school is named"), ("elm", "no term dates of a school 'elm'")]
)
def test_given_no_such_school_when_it_is_triaged_then_the_refusal_says_which_there_are(
    school: str | None, said: str
) -> None:
    found = refused(CASE, Triage(regime="foi-school", school=school), opened())
    assert found.code == "no-such-school"
    assert said in found.title
    assert "(oakfield)" in found.title


def test_given_a_school_whose_terms_end_too_soon_when_it_is_triaged_then_it_says_what_to_add(
    two_schools: CaseDecider,
) -> None:
    found = refused(two_schools, Triage(regime="foi-school", school="elm"), opened())
    assert found.code == "no-term-dates"
    assert "Elm Primary School are known from 2026-01-05 to 2026-03-13" in found.title
    assert "add the terms that are missing to elm.toml" in found.title


def test_given_a_day_of_receipt_beyond_the_terms_when_it_is_corrected_then_it_says_what_to_add(
    two_schools: CaseDecider,
) -> None:
    case = opened(received_on=date(2026, 2, 2)), at("elm")
    found = refused(two_schools, CorrectReceipt(received_on=RECEIVED, reason="It came later"), *case)
    assert found.code == "no-term-dates"


def test_given_an_ordinary_request_when_a_school_is_named_then_it_is_refused_and_without_it_is_unchanged() -> (
    None
):
    assert refused(CASE, Triage(regime="foi", school="oakfield"), opened()).code == "no-school-here"
    (event,) = CASE.decide(Triage(regime="foi"), CASE.fold([opened()]))
    assert event == triaged("foi")
    assert isinstance(event, intake.Triaged)
    assert event.school is None


def test_given_a_case_at_a_school_when_another_is_named_then_it_moves_there(two_schools: CaseDecider) -> None:
    past = opened(received_on=date(2026, 1, 12)), at()
    (event,) = two_schools.decide(Triage(regime="foi-school", school="elm"), two_schools.fold(past))
    assert isinstance(event, intake.Triaged)
    assert (event.school, event.previous_regime) == ("elm", "foi-school")
    answered = refused(
        two_schools, Triage(regime="foi-school", school="elm"), *past, responded("request", date(2026, 1, 20))
    )
    assert answered.code == "already-answered"


def test_given_a_case_at_a_school_when_it_is_hidden_then_it_stays_there() -> None:
    (event,) = CASE.decide(Triage(regime="foi-school", restricted=True), CASE.fold([opened(), at()]))
    assert isinstance(event, intake.Triaged)
    assert (event.school, event.restricted) == ("oakfield", True)


def test_given_schools_when_triage_is_offered_then_those_whose_terms_are_known_go_with_their_regime(
    two_schools: CaseDecider,
) -> None:
    state = two_schools.fold([opened()])
    choices = TRIAGE.may(state, GIVEN)
    assert [dict(choice.values) for choice in choices[1:]] == [
        {"regime": ("foi-school",), "school": ("oakfield",)}
    ]
    assert "foi-school" not in choices[0].values["regime"]
    without = TRIAGE.may(state, circumstances())
    assert all("foi-school" not in choice.values["regime"] for choice in without)
