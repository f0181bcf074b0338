"""Every type of event has a sentence in plain English, and what the sentence leaves out is listed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from pydantic import TypeAdapter

import shared.contracts
from services.audit.application.timeline.opened import DAMAGED
from services.audit.application.timeline.sentences import _sentences, tell
from shared.contracts.public import public
from shared.kit.keyring import ERASED
from tests.contract.golden import sample

assert shared.contracts  # importing it registers every public type
TYPES = sorted(public())


def _nobody(_: str) -> None:
    return None


def _fields(name: str) -> dict[str, Any]:
    """The golden sample as it is shown: each sealed text opened."""
    found: dict[str, Any] = _opened(public()[name].model_validate(sample(name)).model_dump(mode="json"))
    return found


def _opened(value: Any) -> Any:
    if isinstance(value, dict):
        if "nonce" in value:
            return f"the text of {value['field']}"
        return {name: _opened(inner) for name, inner in value.items()}
    return [_opened(inner) for inner in value] if isinstance(value, list) else value


def test_every_public_type_has_a_sentence() -> None:
    assert {name.rsplit(".v", 1)[0] for name in TYPES} == _sentences().keys()


@pytest.mark.parametrize("name", TYPES)
def test_the_sentence_of_a_full_event_can_be_told(name: str) -> None:
    told = tell(name, _fields(name), _nobody, _nobody)
    assert not told.sentence.startswith("Recorded:")
    assert told.sentence.endswith(".")
    assert "{" not in told.sentence
    assert "None" not in told.sentence


@pytest.mark.parametrize("name", TYPES)
def test_the_sentence_of_an_event_with_nothing_optional_can_be_told(name: str) -> None:
    model = public()[name]
    needed = {
        field: value for field, value in sample(name).items() if model.model_fields[field].is_required()
    }
    fields = _opened(TypeAdapter(model).validate_python(needed).model_dump(mode="json"))
    told = tell(name, fields, _nobody, _nobody)
    assert not told.sentence.startswith("Recorded:")
    assert "None" not in told.sentence


def test_a_unit_is_called_what_it_was_called_then() -> None:
    department = str(UUID(int=5))
    fields = {
        **_fields("redress.intake.contribution-received.v1"),
        "department_id": department,
        "received_on": "2026-11-03",
        "contribution": 2,
    }
    told = tell("redress.intake.contribution-received.v1", fields, {department: "Old Parks"}.get, _nobody)
    assert told.sentence == "Contribution 2 of Old Parks came in on 3 November 2026."


def test_a_refusal_says_how_it_was_told_or_that_no_notice_of_it_was_owed() -> None:
    said = {
        "stage": "request",
        "ground": "noticed-before",
        "citation": "FOIA s.17(6)",
        "ombudsman": "Information Commissioner",
        "sent_on": "2026-06-10",
        "means": "none",
    }
    refused = "redress.intake.case-refused.v1"
    assert tell(refused, said, _nobody, _nobody).sentence == (
        "Request was refused on 10 June 2026, without a notice: noticed before (FOIA s.17(6)). "
        "The customer may ask the Information Commissioner."
    )
    assert "2026, by post: noticed" in tell(refused, said | {"means": "post"}, _nobody, _nobody).sentence
    issued = said | {"subject": None, "considered": "The notice of May."}
    told = tell("redress.intake.refusal-issued.v1", issued, _nobody, _nobody)
    assert told.sentence == (
        "No notice is owed of the request refusal. Ground: noticed before (FOIA s.17(6))."
    )
    assert ("considered", "The notice of May.") in told.details


def test_texts_that_the_sentence_leaves_out_are_listed_below_it() -> None:
    told = tell(
        "redress.intake.closed.v1",
        {"ground": "answered", "closed_on": "2026-11-03", "reason": "She was content.\nSo were we."},
        _nobody,
        _nobody,
    )
    assert told.sentence == "Closed on 3 November 2026: answered."
    assert told.details == (("reason", "She was content.\nSo were we."),)


def test_what_was_erased_or_damaged_says_so() -> None:
    told = tell(
        "redress.intake.closed.v1",
        {"ground": "answered", "closed_on": "2026-11-03", "reason": ERASED, "another": DAMAGED},
        _nobody,
        _nobody,
    )
    assert told.details == (("reason", "[erased]"), ("another", "[damaged]"))


def test_a_type_without_a_sentence_gets_a_general_one_with_all_its_fields() -> None:
    fields = {"permit": "P-17", "working": {"days": [1, 2]}, "lost": True, "nothing": None}
    told = tell("redress.parking.permit-lost.v3", fields, _nobody, _nobody)
    assert told.sentence == "Recorded: permit lost (parking)."
    assert told.details == (("permit", "P-17"), ("working", "days: 1; 2"), ("lost", "yes"))


def test_fields_that_are_not_what_the_sentence_takes_them_for_are_all_listed() -> None:
    told = tell("redress.intake.closed.v1", {"ground": "answered", "closed_on": "soon"}, _nobody, _nobody)
    assert told.sentence == "Recorded: closed (intake)."
    assert told.details == (("ground", "answered"), ("closed_on", "soon"))
