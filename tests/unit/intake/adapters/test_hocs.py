"""The Home Office's web complaint."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from services.intake.domain.incoming import IncomingPerson, IncomingRepresentative, SubmittedAt
from tests.unit.intake.adapters.contacts import ADAPTERS, good, read, refused

TEXT = "I waited for five months and nobody answered."
OWN_QUESTIONS: dict[str, dict[str, Any]] = {
    "SUBMITTING_APPLICATION": {"problemExperienced": "GUIDANCE", "applicationLocation": "OUTSIDE_UK"},
    "MAKING_APPOINTMENT": {"problemExperienced": "LACK_AVAILABILITY"},
    "BIOMETRIC_RESIDENCE_PERMIT": {"problemExperienced": "CARD_NOT_ARRIVED"},
    "POOR_INFORMATION_OR_STAFF_BEHAVIOUR": {"experience": {"experienceType": "LETTER_OR_EMAIL"}},
    "EXISTING": {"previousComplaint": {"previousComplaintType": "REFUND"}},
    "SOMETHING_ELSE": {},
    "DELAYS": {"delayedWaitingFor": "RETURN_OF_DOCUMENTS", "documentReturnRequest": "NO"},
    "IMMIGRATION_DECISION": {"decisionOutcome": "NEGATIVE"},
    "REFUND": {"refundRequested": "NOT_YET", "refundWhen": "LESS_THAN_SIX_WEEKS"},
}
"""Of each of the nine types, what only it asks."""
OLDER = ("POOR_INFORMATION", "POOR_STAFF_BEHAVIOUR")


def complaint(kind: str = "SOMETHING_ELSE", **fields: Any) -> dict[str, Any]:
    """A right message of that type, but for what is said."""
    reporter = {"applicantType": "APPLICANT", "applicantName": "Ada Example"}
    right = {
        "complaintType": kind,
        "reporterDetails": reporter,
        "complaintDetails": {"complaintText": TEXT, **OWN_QUESTIONS.get(kind, {})},
    }
    return {"creationDate": "2026-03-02", "complaint": {**right, **fields}}


@pytest.mark.parametrize("kind", [*OWN_QUESTIONS, *OLDER])
def test_every_type_is_read_those_of_older_forms_too(kind: str) -> None:
    contact = read("hocs", complaint(kind))
    assert contact.text == TEXT
    assert contact.category_hint == kind
    assert len(contact.details) >= len(OWN_QUESTIONS.get(kind, {}))


@pytest.mark.parametrize("kind", [kind for kind, asked in OWN_QUESTIONS.items() if asked])
def test_what_a_type_must_ask_is_missed_and_what_it_doesnt_ask_is_refused(kind: str) -> None:
    needed = next(iter(OWN_QUESTIONS[kind]))
    fault = refused("hocs", complaint(kind, complaintDetails={"complaintText": TEXT}))
    assert (fault.code, fault.pointer) == ("missing-field", f"/complaint/complaintDetails/{needed}")
    fault = refused("hocs", complaint(complaintDetails={"complaintText": TEXT, **OWN_QUESTIONS[kind]}))
    assert (fault.code, fault.pointer) == ("unknown-field", f"/complaint/complaintDetails/{needed}")


@pytest.mark.parametrize("kind", [*OWN_QUESTIONS, *OLDER])
def test_only_an_existing_complaint_may_have_no_reporter(kind: str) -> None:
    document = complaint(kind)
    del document["complaint"]["reporterDetails"]
    if kind == "EXISTING":
        contact = read("hocs", document)
        assert (contact.customer, contact.representative) == (None, None)
    else:
        assert refused("hocs", document).pointer == "/complaint/reporterDetails"


def test_an_applicant_who_writes_is_the_customer() -> None:
    contact = good("hocs", "face-to-face")
    assert contact.customer == IncomingPerson(
        name="Ada Example", email="ada@example.org", phone="call 01632 960001 after six"
    )
    assert contact.representative is None


def test_an_agent_who_writes_represents_the_applicant() -> None:
    contact = good("hocs", "refund-by-an-agent")
    assert contact.customer == IncomingPerson(name="Ada Example")
    assert contact.representative == IncomingRepresentative(
        person=IncomingPerson(name="Lex Sample LLP", email="lex@example.org", phone="01632 960002"),
        relation="legal representative",
    )


def test_the_other_answers_are_details_in_the_forms_order() -> None:
    assert good("hocs", "refund-by-an-agent").details == (
        ("UAN reference", "3434-1234-5678-9012"),
        ("Nationality", "Iceland"),
        ("Date of birth", "1981-05-06"),
        ("Refund requested", "YES"),
        ("Refund type", "IHS"),  # codespell:ignore ihs
        ("Refund when", "More than six weeks"),
        ("Application location", "Inside uk"),
    )


def test_what_somebody_typed_of_a_call_stays_text() -> None:
    details = dict(good("hocs", "phone-call").details)
    assert details["Date"] == "30 April or early May"
    assert details["Time"] == "about tea time"
    assert details["Number called"] == "the helpline"


def test_a_place_is_told() -> None:
    details = dict(good("hocs", "face-to-face").details)
    assert (details["City"], details["Country"], details["Centre type"]) == ("Reykjavik", "Iceland", "VAC")


def test_the_day_of_creation_is_a_day_and_no_instant() -> None:
    assert good("hocs", "face-to-face").submitted_at == SubmittedAt.day(date(2026, 3, 2))


def test_markup_and_scripts_are_cleaned_and_the_original_kept() -> None:
    contact = good("hocs", "letter-with-markup")
    assert contact.text == "The letter said no.\nI paid £5 & a fee < 10."
    assert contact.text_original is not None
    assert "<script>" in contact.text_original
    assert contact.customer is not None
    assert contact.customer.name == "Ada Example"


def test_the_message_id_is_the_queues_and_otherwise_there_is_none() -> None:
    assert good("hocs", "refund-by-an-agent").message_id == "9b7e5d9a-0001"
    assert read("hocs", complaint(), x_message_id="7").message_id == "7"
    assert read("hocs", complaint(), external_reference="8").message_id == "8"
    assert read("hocs", complaint()).message_id is None
    assert refused("hocs", {}, messageid="9").message_id == "9"


def test_references_that_look_like_one_are_other_systems_numbers_and_all_are_details() -> None:
    assert good("hocs", "existing-without-a-reporter").source_case_ids == ("COMP/0120001/26",)
    sentence = {"referenceType": "HO_REF", "reference": "my sister Ada Example knows"}
    contact = read("hocs", complaint(reference=sentence))
    assert contact.source_case_ids == ()
    assert contact.details[0] == ("Home Office reference", "my sister Ada Example knows")


def test_the_longest_text_is_counted_in_characters_and_one_more_is_refused() -> None:
    longest = complaint(complaintDetails={"complaintText": "😀" * 50_000})
    body = json.dumps(longest, ensure_ascii=False).encode()
    assert len(body) > 200_000
    assert len(ADAPTERS["hocs"].read(body, {}).text) == 50_000
    fault = refused("hocs", complaint(complaintDetails={"complaintText": "x" * 50_001}))
    assert (fault.code, fault.pointer) == ("too-long", "/complaint/complaintDetails/complaintText")
    assert fault.detail == "At most 50000 characters."


@pytest.mark.parametrize(
    "missing", ["applicantNationality", "applicantDob", "applicantEmail", "applicantPhone"]
)
def test_a_complaint_isnt_held_up_because_a_persons_details_are_incomplete(missing: str) -> None:
    reporter = {
        "applicantType": "APPLICANT",
        "applicantName": "Ada Example",
        "applicantNationality": "Iceland",
        "applicantDob": "1981-05-06",
        "applicantEmail": "ada@example.org",
        "applicantPhone": "01632 960001",
    }
    del reporter[missing]
    assert read("hocs", complaint(reporterDetails=reporter)).customer is not None
