"""The day of receipt can be corrected, with a reason, and everything that counts from it follows."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from services.intake.domain.case.correct_receipt import CorrectReceipt
from services.intake.domain.case.request_escalation import RequestEscalation
from services.intake.domain.case.triage import Triage
from shared.contracts import intake
from tests.unit.given_when_then import given
from tests.unit.intake.cases import (
    CASE,
    RECEIVED,
    RULES,
    TODAY,
    acknowledged,
    closed,
    mine,
    opened,
    triaged,
)


def correct(day: date) -> CorrectReceipt:
    """A colleague had it on that day."""
    return CorrectReceipt(received_on=day, reason="It lay with Parks.", evidence="Their e-mail.")


def corrected(day: date, previous: date = RECEIVED, regime: str | None = None) -> intake.ReceiptCorrected:
    """The record of that."""
    version = RULES.in_force(regime, day).version if regime else None
    return intake.ReceiptCorrected(
        received_on=day,
        previous_on=previous,
        regime_version=version,
        reason=mine("It lay with Parks."),
        evidence=mine("Their e-mail."),
    )


def test_a_request_that_reached_another_officer_earlier_was_received_earlier() -> None:
    day = date(2026, 2, 27)
    given(CASE, opened()).when(correct(day)).then(corrected(day))


def test_the_version_of_the_regime_is_the_one_in_force_on_the_day_of_receipt() -> None:
    day = date(2024, 3, 29)
    given(CASE, opened(), triaged("corporate")).when(correct(day)).then(corrected(day, regime="corporate"))


def test_a_triage_after_the_correction_counts_from_the_day_that_is_right() -> None:
    day = date(2026, 2, 27)
    (found,) = given(CASE, opened(), corrected(day)).when(Triage(regime="foi")).events()
    assert isinstance(found, intake.Triaged)
    assert found.received_on == day


def test_the_record_of_a_closed_case_is_corrected_as_well() -> None:
    day = date(2026, 3, 3)
    past = (opened(), triaged(), closed("withdrawn"))
    given(CASE, *past).when(correct(day)).then(corrected(day, regime="corporate"))


def test_a_doubtful_day_is_confirmed_and_one_that_nobody_doubts_is_not() -> None:
    given(CASE, opened()).when(correct(RECEIVED)).nothing()
    doubtful = opened(doubtful=True)
    given(CASE, doubtful).when(correct(RECEIVED)).then(corrected(RECEIVED))
    given(CASE, doubtful, corrected(RECEIVED)).when(correct(RECEIVED)).nothing()


def test_a_case_was_not_received_in_the_future_nor_after_its_own_letters() -> None:
    given(CASE, opened()).when(correct(date(2026, 3, 21))).refused("in-the-future")
    past = (opened(), triaged(), acknowledged(on=date(2026, 3, 5)))
    given(CASE, *past).when(correct(date(2026, 3, 6))).refused("after-what-followed")
    day = date(2026, 3, 5)
    given(CASE, *past).when(correct(day)).then(corrected(day, regime="corporate"))


def test_a_case_was_not_received_after_its_second_stage_was_asked_for() -> None:
    asked = RequestEscalation(requested_on=date(2026, 3, 10))
    events = given(CASE, opened(), triaged()).when(asked).events()
    given(CASE, opened(), triaged(), *events).when(correct(TODAY)).refused("after-what-followed")


def test_a_correction_without_a_reason_is_no_command() -> None:
    with pytest.raises(ValidationError):
        CorrectReceipt.model_validate({"received_on": "2026-02-27"})


def test_there_is_no_receipt_of_a_case_that_there_is_not() -> None:
    given(CASE).when(correct(RECEIVED)).refused("no-such-case")
