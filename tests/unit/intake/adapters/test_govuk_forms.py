"""GOV.UK Forms: who wrote and what the complaint is, guessed from questions that nobody agreed on with us."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from services.intake.domain.incoming import IncomingPerson, SubmittedAt
from tests.unit.intake.adapters.contacts import good, read, refused

STORY = "My bin was missed on 3, 10 and 17 February. I reported each of them and was told that somebody would come."


def form(*questions: tuple[str, Any] | tuple[str, Any, dict[str, Any]], **fields: Any) -> dict[str, Any]:
    """A submission with these questions and answers."""
    answers = [
        {
            "question_id": str(number),
            "question_text": text,
            "answer_text": answer,
            **(more[0] if more else {}),
        }
        for number, (text, answer, *more) in enumerate(questions)
    ]
    return {"form_name": "Make a complaint", "submission_reference": "R7F3", "answers": answers, **fields}


def test_a_complaint_is_read_in_full() -> None:
    contact = good("govuk-forms", "complaint")
    assert contact.customer == IncomingPerson(
        name="Ms Ada Middle Example",
        email="ada@example.org",
        phone="01632 960001",
        address="12 Mill Lane\nExampleton",
        postcode="EX1 1AA",
    )
    assert contact.text == STORY
    assert contact.details == (
        ("Which services is it about?", "Waste, Streets"),
        ("When did it happen?", "2026-02-17"),
        ("What would put it right?", "Empty it, please."),
        ("Upload a photo", "bin_R7F3K2QX.jpg"),
    )
    assert contact.message_id == "R7F3K2QX"
    assert contact.submitted_at == SubmittedAt.minute(datetime(2026, 3, 2, 9, 30, tzinfo=UTC))
    assert contact.source_system == contact.category_hint == "Make a complaint"


def test_a_welsh_form_is_read_as_one() -> None:
    contact = good("govuk-forms", "welsh")
    assert contact.language == "cy"
    assert contact.text == "Ni chafodd y bin ei wagio ers tair wythnos."
    assert contact.customer == IncomingPerson(name="Ada Enghraifft", phone="+44 1632 960001")


def test_of_several_answers_to_who_you_are_the_first_counts_and_all_are_kept() -> None:
    contact = good("govuk-forms", "answered-several-times")
    assert contact.customer == IncomingPerson(name="Ada Example", email="ada@example.org")
    assert contact.text == "The gate is broken and the children run out.\nThe swing is loose."
    assert contact.details == (("Your name", "Ada Example\nBo Example"),)


def test_a_form_of_choices_alone_is_told_as_questions_and_answers() -> None:
    contact = good("govuk-forms", "only-choices")
    assert contact.text == "Which bin?: Green bin\nHow many weeks?: 3"
    assert contact.details == ()


def test_a_form_that_asks_only_who_you_are_is_still_a_contact() -> None:
    contact = read("govuk-forms", form(("Email address", "ada@example.org")))
    assert contact.text == "Email address: ada@example.org"


def test_nobody_else_is_ever_taken_for_the_customer() -> None:
    contact = good("govuk-forms", "about-somebody-else")
    assert contact.customer == IncomingPerson(name="Ada Example")
    assert contact.text == "He shouted at me\nand hung up. Twice."
    assert ("What is the name of the officer you complain about?", "Mr Rude Officer") in contact.details
    assert ("Email address of your representative", "lex@example.org") in contact.details


@pytest.mark.parametrize(
    "question",
    [
        "Name of the officer",
        "Your landlord's phone number",
        "Phone number of someone we can call",
        "Whose phone is it?",
    ],
)
def test_a_question_about_others_gives_no_role(question: str) -> None:
    answers = form((question, "01632 960001"), ("What happened?", "It rang all night."))
    assert read("govuk-forms", answers).customer is None


def test_a_number_is_a_telephone_number_only_where_one_was_asked_for() -> None:
    asked = form(("Account number", "01632960001"), ("What happened?", "It rang."))
    contact = read("govuk-forms", asked)
    assert contact.customer is None
    assert ("Account number", "01632960001") in contact.details


def test_the_first_of_two_addresses_is_the_customers_and_the_second_is_kept() -> None:
    parts = [{"street_address": "1 Quay", "country": "France"}, {"address1": "2 Quay", "postcode": "EX1 1AA"}]
    contact = read(
        "govuk-forms",
        form(
            ("Address", "1 Quay, France", parts[0]),
            ("Other address", "2 Quay, EX1 1AA", parts[1]),
            ("What?", "It fell."),
        ),
    )
    assert contact.customer == IncomingPerson(address="1 Quay\nFrance")
    assert ("Other address", "2 Quay, EX1 1AA") in contact.details


@pytest.mark.parametrize(
    "answer",
    [
        "2026-02-17",
        "17/02/2026",
        "17 February 2026",
        "£1,200.50",
        "12345",
        "scan of my letter.pdf",
        "IMG_1.HEIC",
    ],
)
def test_dates_numbers_and_names_of_files_are_never_the_text(answer: str) -> None:
    contact = read("govuk-forms", form(("A?", answer), ("B?", "Bad.")))
    assert contact.text == "Bad."
    assert contact.details == (("A?", answer),)


def test_a_sentence_that_ends_in_an_address_is_text_and_no_file() -> None:
    contact = read("govuk-forms", form(("A?", "I wrote to help@council.example.org"), ("B?", "Bad.")))
    assert contact.text == "I wrote to help@council.example.org"


def test_a_choice_is_not_the_text_however_long_it_is() -> None:
    chosen = "Something else that is about the service and not about a person at all"
    contact = read("govuk-forms", form(("A?", chosen, {"selections": [chosen]}), ("B?", "It fell.")))
    assert contact.text == "It fell."


def test_an_edited_form_is_read_with_fields_and_gaps_that_we_dont_know() -> None:
    contact = good("govuk-forms", "unanswered-and-unknown-fields")
    assert contact.text == "The road floods."
    assert contact.message_id is None


def test_a_refusal_names_the_submission() -> None:
    assert refused("govuk-forms", {"submission_reference": "R7F3", "answers": []}).message_id == "R7F3"
