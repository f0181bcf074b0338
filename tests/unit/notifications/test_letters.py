"""The table of letters fits the events, the words and the templates that there are."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pytest
from jinja2 import meta

from services.notifications.application import templates
from services.notifications.application.letters import BadLetterError, load_letters, read_letter
from services.notifications.application.words import SEALED_WORDS, WORDS
from services.notifications.domain.letter import Letter

LETTERS = load_letters()
TEMPLATES = files("services.notifications.data") / "templates"
REMINDER: dict[str, Any] = {"on": "redress.deadlines.reminder-due.v1", "to": "rung", "words": []}
each_letter = pytest.mark.parametrize("letter", LETTERS.values(), ids=LETTERS)


def wanted_by(template: str) -> set[str]:
    """The words that a template and those that it includes ask for."""
    tree = templates._templates.parse((TEMPLATES / template).read_text("utf-8"))
    included = [name for name in meta.find_referenced_templates(tree) if name is not None]
    return meta.find_undeclared_variables(tree).union(*(wanted_by(name) for name in included))


@each_letter
def test_a_template_is_given_exactly_the_words_that_it_uses(letter: Letter) -> None:
    assert wanted_by(f"{letter.template}.txt.j2") == set(letter.words)


@each_letter
def test_every_word_is_known(letter: Letter) -> None:
    known = WORDS.keys() | SEALED_WORDS.keys()
    assert letter.on is None or set(letter.words) <= known


def test_no_template_lies_about_that_no_letter_uses() -> None:
    used = {f"{letter.template}.txt.j2" for letter in LETTERS.values()}
    included = {"greeting.txt.j2", "ombudsman.txt.j2", "ending.txt.j2"}
    assert {file.name for file in TEMPLATES.iterdir()} == used | included


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"on": "redress.deadlines.never-heard-of.v1"}, "there is no event"),
        ({"where": {"weather": "fine"}}, "has no field 'weather'"),
        ({"takes": {"text": "poem"}}, "has no field 'poem'"),
        ({"on_days": ["monday"]}, "on_days"),
        ({"to": "everybody"}, "to"),
        ({"on": "redress.intake.case-refused.v1"}, "to 'rung' needs"),
        ({"on": "redress.intake.case-refused.v1", "to": "officer"}, "to 'officer' needs"),
        ({"rung": "mayor"}, "rung"),
        ({"words": ["new_due_on"]}, "the word 'new_due_on' needs"),
        ({"words": ["text"]}, "the word 'text' needs"),
        (
            {"on": "redress.intake.case-refused.v1", "to": "customer", "words": ["clock_title"]},
            "'occurrence'",
        ),
    ],
)
def test_a_row_that_cannot_be_right_is_said_at_the_start(row: dict[str, Any], said: str) -> None:
    assert read_letter("reminder", REMINDER).template == "reminder"
    with pytest.raises((BadLetterError, ValueError), match=said):
        read_letter("reminder", REMINDER | row)
