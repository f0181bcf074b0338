"""A priority is said by hand, with a reason, as long as a case goes on."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from services.intake.domain.case.set_priority import SetPriority
from shared.contracts import intake
from tests.unit.given_when_then import given
from tests.unit.intake.cases import CASE, closed, mine, opened, triaged

URGENT = SetPriority(priority="urgent", reason="A child has no heating.")
URGENT_SET = intake.PrioritySet(priority="urgent", reason=mine("A child has no heating."))


def test_a_case_that_goes_on_is_given_a_priority_before_its_triage_too() -> None:
    given(CASE, opened()).when(URGENT).then(URGENT_SET)


def test_a_second_reason_for_the_same_priority_counts() -> None:
    (
        given(CASE, opened(), triaged(), URGENT_SET)
        .when(SetPriority(priority="urgent", reason="The grandmother, too."))
        .then(intake.PrioritySet(priority="urgent", reason=mine("The grandmother, too.")))
    )


def test_a_priority_that_nobody_knows_is_refused() -> None:
    given(CASE, opened()).when(SetPriority(priority="soon", reason="Now.")).refused("no-such-priority")


def test_a_closed_case_has_no_priority_any_more() -> None:
    given(CASE, opened(), triaged(), closed()).when(URGENT).refused("case-closed")


def test_a_priority_without_a_reason_is_no_command() -> None:
    with pytest.raises(ValidationError):
        SetPriority.model_validate({"priority": "urgent"})
