"""The letters, in plain English."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from jinja2 import UndefinedError

from services.notifications.application.templates import render
from shared.rules.regimes import load_regimes

DUE = date(2026, 12, 4)
CASE: dict[str, Any] = {
    "reference": "CR-2026-000123",
    "regime_title": "Corporate complaint",
    "council": "Anytown Council",
}
REMINDER = {
    **CASE,
    "clock_title": "Answer stage 1",
    "due_on": DUE,
    "overdue": False,
    "rung": "officer",
    "department_name": "Waste",
    "to_department_mailbox": False,
}
EXTENSION = {
    **CASE,
    "name": "Ana",
    "due_on": DUE,
    "new_due_on": date(2026, 12, 18),
    "text": "We are waiting for the contractor.",
    "ombudsman": load_regimes()["corporate"].ombudsman_on(DUE),
}


def test_a_reminder_says_what_is_due_when_and_for_whom() -> None:
    letter = render("reminder", REMINDER)
    assert letter.subject == "CR-2026-000123: Answer stage 1 is due on 4 December 2026"
    assert "What is due: Answer stage 1" in letter.text
    assert "Department: Waste" in letter.text


def test_an_overdue_reminder_says_so() -> None:
    letter = render("reminder", {**REMINDER, "overdue": True, "rung": "head-of-service"})
    assert letter.subject == "CR-2026-000123: Answer stage 1 was due on 4 December 2026"
    assert "You are reminded as head of service." in letter.text


def test_a_department_is_told_why_it_gets_an_officers_reminder() -> None:
    letter = render("reminder", {**REMINDER, "to_department_mailbox": True, "rung": "head-of-service"})
    assert "No address is recorded for the head of service of this case" in letter.text
    assert "You are reminded" not in letter.text


def test_an_extension_notice_gives_reason_new_date_and_ombudsman() -> None:
    text = render("extension-notice", EXTENSION).text
    assert "by 18 December 2026" in text
    assert "We are waiting for the contractor." in text
    assert "Local Government and Social Care Ombudsman" in text
    assert "www.lgo.org.uk" in text


def test_where_the_regime_names_nobody_the_letter_does_not() -> None:
    assert "you can contact" not in render("extension-notice", {**EXTENSION, "ombudsman": None}).text


def test_an_officers_letter_leaves_as_it_stands() -> None:
    letter = render(
        "letter", {**CASE, "subject": "Our answer", "text": "Dear Ana\r\n\r\n{{ council }} {% x %}"}
    )
    assert letter.subject == "CR-2026-000123: Our answer"
    assert letter.text == "Dear Ana\n\n{{ council }} {% x %}\n"


def test_a_reference_in_the_subject_is_not_said_twice() -> None:
    letter = render("letter", {**CASE, "subject": "Our answer to CR-2026-000123", "text": "Dear Ana"})
    assert letter.subject == "Our answer to CR-2026-000123"


def test_a_question_that_was_erased_is_said_to_be_gone() -> None:
    values = {**CASE, "department_name": "Waste", "due_on": DUE, "text": None}
    assert "no longer held" in render("contribution-request", values).text


def test_a_missing_value_is_an_error_and_not_a_blank() -> None:
    with pytest.raises(UndefinedError):
        render("reminder", CASE)
