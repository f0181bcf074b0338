"""A sentence in plain English for each event, and what the sentence leaves out."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any, Final

from jinja2 import Environment, StrictUndefined, Template, TemplateError
from jinja2.meta import find_undeclared_variables

from services.audit.application.timeline.opened import DAMAGED, SEALED
from shared.kit.keyring import ERASED
from shared.rules.calendar.london import LONDON

_VERSION: Final = re.compile(r"\.v\d+$")
_MARKS: Final = ((ERASED, "[erased]"), (DAMAGED, "[damaged]"), (SEALED, "[sealed]"))
_BLOB: Final = frozenset({"key_id", "sha256", "size", "media_type"})
NameOf = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of an event: the sentence, and each field that it leaves out as a name and a text."""

    sentence: str
    details: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Sentence:
    template: Template
    uses: frozenset[str]


def tell(name: str, fields: dict[str, Any], unit: NameOf, officer: NameOf) -> Told:
    """What an event says.

    Args:
        name: its wire name.
        fields: its JSON with personal texts opened.
        unit: the name of a unit by its id, as it was; `officer`: an officer's.
    """
    readable = _readable(fields)
    sentence = _sentences().get(_VERSION.sub("", name))
    if sentence is not None:
        _names.set((unit, officer))
        try:
            return Told(sentence.template.render(readable), _details(readable, sentence.uses | _quiet()))
        except (TemplateError, TypeError, ValueError):
            pass  # a field is not what the sentence takes it for: then all of them are listed
    return Told(f"Recorded: {_general(name)}.", _details(readable, frozenset()))


def _general(name: str) -> str:
    """`redress.parking.permit-lost.v1` as `permit lost (parking)`."""
    parts = _VERSION.sub("", name).removeprefix("redress.").split(".")
    what = parts[-1].replace("-", " ")
    return f"{what} ({'.'.join(parts[:-1])})" if len(parts) > 1 else what


def _details(fields: dict[str, Any], without: frozenset[str]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name, text) for name, value in fields.items() if name not in without and (text := _text(value))
    )


def _text(value: Any) -> str:
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return "; ".join(f"{name}: {text}" for name, inner in value.items() if (text := _text(inner)))
    if isinstance(value, list):
        return "; ".join(filter(None, map(_text, value)))
    return value if isinstance(value, str) else json.dumps(value)


def _readable(value: Any) -> Any:
    """The fields with marks as words, and sealed files as what can be said of them."""
    if isinstance(value, dict):
        for mark, words in _MARKS:
            if value == mark:
                return words
        if value.keys() == _BLOB:
            return f"a file of {value['size']} bytes ({value['media_type']}), SHA-256 {value['sha256']}"
        return {name: _readable(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_readable(inner) for inner in value]
    return value


def day(value: str | date) -> str:
    """A date as in a letter: `4 December 2026`."""
    found = value if isinstance(value, date) else date.fromisoformat(value)
    return f"{found.day} {found:%B} {found.year}"


def instant(value: str) -> str:
    """An instant in London: `09:30 on 4 December 2026`."""
    local = datetime.fromisoformat(value).astimezone(LONDON)
    return f"{local:%H:%M} on {day(local.date())}"


def _words(name: str) -> str:
    return name.replace("-", " ").replace("_", " ")


def _place(occurrence: int) -> str:
    return "" if occurrence == 1 else f" (run {occurrence})"


_names: ContextVar[tuple[NameOf, NameOf]] = ContextVar("names")


def _unit(unit_id: str) -> str:
    return _names.get()[0](unit_id) or f"unit {unit_id}"


def _officer(officer_id: str) -> str:
    return _names.get()[1](officer_id) or f"officer {officer_id}"


_environment: Final = Environment(
    autoescape=False,  # noqa: S701  plain text: there is no markup to escape
    undefined=StrictUndefined,
)
_environment.filters |= {
    "day": day,
    "instant": instant,
    "words": _words,
    "place": _place,
    "unit": _unit,
    "officer": _officer,
}


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads((files("services.audit.data") / "sentences.toml").read_text(encoding="utf-8"))


@cache
def _quiet() -> frozenset[str]:
    return frozenset(_file()["quiet"])


@cache
def _sentences() -> dict[str, _Sentence]:
    return {
        name: _Sentence(
            _environment.from_string(text),
            frozenset(find_undeclared_variables(_environment.parse(text))) - _PARTLY,
        )
        for name, text in _file()["sentences"].items()
    }


_PARTLY: Final = frozenset({"receipt", "customer"})
"""What a sentence uses a part of: the whole is listed all the same."""
