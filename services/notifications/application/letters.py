"""The table of letters, read once; whatever doesn't fit the events that there are is said at the start."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from services.notifications.domain.letter import NEEDED_BY_RECIPIENT, NEEDED_BY_WORD, Letter
from services.notifications.domain.message.owed import FACTS
from shared.kit.events import Event, UnknownEvent, models


class BadLetterError(ValueError):
    """A row of the table that names an event or a field that there isn't, or that wants more than its event says."""


@cache
def load_letters() -> Mapping[str, Letter]:
    """Every letter by its name.

    Raises:
        BadLetterError, pydantic.ValidationError: the table can't be right.
    """
    text = (files("services.notifications.data") / "letters.toml").read_text(encoding="utf-8")
    return {name: read_letter(name, row) for name, row in tomllib.loads(text).items()}


def read_letter(name: str, row: Mapping[str, Any]) -> Letter:
    """One row. Raises as `load_letters`."""
    letter = Letter.model_validate({"name": name, "template": name, **row})
    if letter.on is None:
        return letter
    event = models().get(letter.on)
    if event is None:
        raise BadLetterError(f"{name}: there is no event {letter.on!r}")
    for field in (*letter.where, *letter.takes.values()):
        if field not in event.model_fields:
            raise BadLetterError(f"{name}: {letter.on} has no field {field!r}")
    facts = {fact for fact in FACTS if letter.takes.get(fact, fact) in event.model_fields}
    facts |= letter.model_dump(include={"clock", "rung"}, exclude_none=True).keys()
    if facts >= {"clock", "occurrence"}:
        facts.add("due_on")  # the clock has it
    _refuse_lack(letter, f"to {letter.to.value!r}", NEEDED_BY_RECIPIENT.get(letter.to, set()) - facts)
    for word in letter.words:
        _refuse_lack(letter, f"the word {word!r}", NEEDED_BY_WORD.get(word, set()) - facts)
    return letter


def _refuse_lack(letter: Letter, what: str, lacking: set[str]) -> None:
    if lacking:
        raise BadLetterError(f"{letter.name}: {what} needs {sorted(lacking)}, which {letter.on} doesn't say")


def asked_for_by(event: Event | UnknownEvent) -> list[Letter]:
    if not isinstance(event, Event):
        return []
    return [
        letter
        for letter in load_letters().values()
        if letter.on == event.wire_name
        and all(getattr(event, field) == value for field, value in letter.where.items())
    ]
