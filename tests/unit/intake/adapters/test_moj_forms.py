"""What MoJ Forms sends, in pages or by fields, is read as what somebody wrote."""

from __future__ import annotations

from datetime import UTC, datetime

from services.intake.domain.incoming import IncomingPerson
from tests.unit.intake.adapters.contacts import good


def test_pages_are_read_as_questions_and_answers_with_the_files_where_they_lie() -> None:
    contact = good("moj-forms", "pages")
    assert contact.customer == IncomingPerson(
        name="Rhian Prosser", email="rhian@example.org", phone="01632 960 123"
    )
    assert contact.text == "The bins were not emptied for three weeks and nobody rang back."
    assert (contact.source_system, contact.category_hint) == (
        "complain-about-a-service",
        "Complain about a service",
    )
    assert contact.message_id == "9c9a6e0e-6d7a-4b4b-8d41-6b2f2f0f4a55"
    assert contact.details == (
        ("What is it about?", "Missed collections; Staff, or how they spoke"),
        ("When did it begin?", "14 August 2026"),
    )
    assert [(file.name, file.url) for file in contact.attachments] == [
        ("kerb.png", "http://files.example/service/complaint/user/1/123")
    ]


def test_answers_by_their_fields_are_read_with_the_form_s_own_words_turned_into_ours() -> None:
    contact = good("moj-forms", "flat-answers")
    assert contact.customer == IncomingPerson(
        name="Tomos Pryce",
        email="tomos@example.org",
        address="4 Quay Street\nOld Harbour\nPorthmawr\nGwynedd",
        postcode="LL99 9ZZ",
    )
    assert contact.text.startswith("My answer came six weeks late")
    assert contact.source_case_ids == ("CR/20145",)
    assert contact.message_id == "0b8e5f2c-6f0e-4f3a-8f66-0c5a4f6c7d21"
    assert contact.submitted_at.at == datetime(2026, 8, 31, 18, 11, 32, 316000, UTC)
    assert ("Complaint evidence", "No") in contact.details
    assert ("Case number", "Yes") in contact.details


def test_answers_may_stand_in_a_member_of_their_own_and_some_may_be_empty() -> None:
    contact = good("moj-forms", "nested-answers")
    assert (contact.schema_version, contact.subject) == ("2", "A request about my own file")
    assert contact.customer == IncomingPerson(name="Anwen Rees")
    assert ("Date of birth", "14 August 1978") in contact.details
    assert "housing service" in contact.text
