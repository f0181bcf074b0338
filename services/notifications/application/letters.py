"""The table of letters, read once; whatever doesn't fit the events that there are is said at the start."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from services.notifications.domain.letter import Letter
from shared.kit.events import Event, UnknownEvent, models


class BadLetterError(ValueError):
    """A row of the table that names an event or a field that there isn't."""


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
    return letter


def asked_for_by(event: Event | UnknownEvent) -> list[Letter]:
    if not isinstance(event, Event):
        return []
    return [
        letter
        for letter in load_letters().values()
        if letter.on == event.wire_name
        and all(getattr(event, field) == value for field, value in letter.where.items())
    ]
