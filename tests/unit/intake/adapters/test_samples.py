"""The adapters against messages that the real systems' own projects publish, where those are at hand."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator, Draft202012Validator

from services.intake.adapters.adapter import Unreadable
from tests.unit.intake.adapters.contacts import ADAPTERS, ROOT, assert_helpful, assert_sound, messages

SAMPLES = ROOT.parent / "shared" / "samples"
COMPLAINTS = SAMPLES / "hocs-ukvi-complaint-schema"
CONSUMED = SAMPLES / "hocs-case-creator" / "webform"

pytestmark = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason=f"third-party samples aren't beside the project: {SAMPLES.name}"
)

ACCEPTED = [
    *sorted((COMPLAINTS / "examples").glob("*.json")),
    *sorted((COMPLAINTS / "examples" / "maxSize").glob("*.json")),
    *(
        CONSUMED / f"{name}.json"
        for name in (
            *("agentCorrespondent", "applicantCorrespondent", "applicantCorrespondentPartial"),
            *("existingNoCorrespondent", "staffBehaviour", "staffBehaviourInjectedHtml"),
        )
    ),
]
REFUSED = [
    *sorted((COMPLAINTS / "examples" / "Invalid").glob("*.json")),
    CONSUMED / "incorrect.json",
    CONSUMED / "notJson.txt",
]


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


@pytest.mark.parametrize("path", ACCEPTED, ids=_name)
def test_a_home_office_complaint_is_accepted_the_drifted_ones_too(path: Path) -> None:
    contact = ADAPTERS["hocs"].read(path.read_bytes(), {})
    assert_sound(contact)
    assert contact.submitted_at.precision == "day"


@pytest.mark.parametrize("path", REFUSED, ids=_name)
def test_a_home_office_complaint_that_its_own_readers_refuse_is_refused(path: Path) -> None:
    with pytest.raises(Unreadable) as refusal:
        ADAPTERS["hocs"].read(path.read_bytes(), {})
    assert_helpful(refusal.value)


def test_injected_markup_is_cleaned_as_the_casework_system_itself_cleans_it() -> None:
    contact = ADAPTERS["hocs"].read((CONSUMED / "staffBehaviourInjectedHtml.json").read_bytes(), {})
    assert contact.text == "Testscript"
    assert contact.customer is not None
    assert contact.customer.name == "https://www.test.org/injection/"


def _changes(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The document with each member left out, made a number, made too long, or joined by a stranger."""

    def owners(value: Any) -> Iterator[tuple[Any, ...]]:
        if isinstance(value, dict):
            yield ()
            for name, child in value.items():
                yield from ((name, *steps) for steps in owners(child))

    for steps in owners(document):
        names = list(_at(document, steps))
        for name in names:
            for change in ("drop", 7, "x" * 300, "EXISTING", None):
                changed = copy.deepcopy(document)
                owner = _at(changed, steps)
                if change == "drop":
                    del owner[name]
                else:
                    owner[name] = change
                yield changed
        changed = copy.deepcopy(document)
        _at(changed, steps)["stranger"] = "?"
        yield changed


def _at(document: Any, steps: tuple[Any, ...]) -> dict[str, Any]:
    for step in steps:
        document = document[step]
    assert isinstance(document, dict)
    return document


SMALL = [path for path in ACCEPTED if path.is_file() and path.stat().st_size < 5_000]


@pytest.mark.parametrize("path", SMALL, ids=_name)
def test_what_the_home_offices_schema_allows_is_accepted_and_little_more(path: Path) -> None:
    theirs = Draft4Validator(json.loads((COMPLAINTS / "cmsSchema.json").read_bytes()))
    document = json.loads(path.read_bytes())
    original = {error.message for error in theirs.iter_errors(document)}
    for changed in _changes(document):
        fault = None
        try:
            ADAPTERS["hocs"].read(json.dumps(changed).encode(), {})
        except Unreadable as refusal:
            fault = refusal
        if theirs.is_valid(changed):
            assert fault is None or fault.code in {"bad-date", "empty"}, changed
        elif fault is None and not original:
            assert _only_details_of_a_person_are_missing(theirs, changed), changed


def _only_details_of_a_person_are_missing(theirs: Draft4Validator, changed: dict[str, Any]) -> bool:
    """Whether their schema would accept it, had the person's details been filled in, or the type been the newer one."""
    filled = copy.deepcopy(changed)
    reporter = filled["complaint"].get("reporterDetails", {})
    for owner in (reporter, reporter.get("applicantDetails", {}), reporter.get("agentDetails", {})):
        if "applicantName" in owner:
            owner.setdefault("applicantNationality", "x")
            owner.setdefault("applicantDob", "2000-01-01")
        if "agentName" in owner or (owner is reporter and "applicantName" in owner):
            owner.setdefault("agentEmail" if "agentName" in owner else "applicantEmail", "x")
    return theirs.is_valid(filled)


def test_the_published_cloudevents_are_told_apart() -> None:
    events = json.loads((SAMPLES / "cloudevents" / "structured_json_examples.json").read_bytes())
    outcomes: list[Any] = []
    for event in events:
        try:
            contact = ADAPTERS["cloudevents"].read(json.dumps(event).encode(), {})
        except Unreadable as fault:
            outcomes.append((fault.code, fault.pointer, fault.message_id))
        else:
            outcomes.append(contact.text)
    assert outcomes == [
        ("missing-field", "/data/text", "/mycontext C234-1234-1234"),
        ("unsupported-data", "/datacontenttype", "/mycontext B234-1234-1234"),
        "I'm just a string",
    ]


def test_our_good_forms_are_what_the_schema_of_govuk_forms_allows() -> None:
    schema = json.loads((SAMPLES / "govuk-forms" / "json_submission_schema_v1.json").read_bytes())
    validator = Draft202012Validator(schema)
    for message in messages("good", "govuk-forms"):
        if message.path.stem != "unanswered-and-unknown-fields":
            validator.validate(json.loads(message.body))


def test_no_sample_was_copied_into_our_fixtures() -> None:
    samples = {path.read_bytes().strip() for path in SAMPLES.rglob("*") if path.is_file()}
    for kind in ("good", "broken"):
        for message in messages(kind):
            assert not message.body.strip() or message.body.strip() not in samples, message


@pytest.mark.parametrize("path", sorted((SAMPLES / "moj-fb-submitter").glob("*.json")), ids=_name)
def test_a_submission_of_moj_forms_is_accepted_in_either_form(path: Path) -> None:
    contact = ADAPTERS["moj-forms"].read(path.read_bytes(), {})
    assert_sound(contact)
    assert contact.customer is not None
