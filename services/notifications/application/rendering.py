"""The texts of messages: plain-text templates in files, in plain English."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from services.notifications.domain.plain_text import letter_text, one_line


@dataclass(frozen=True, slots=True)
class Rendered:
    """What a template gave: one line, and the letter."""

    subject: str
    text: str


def render(template: str, values: dict[str, Any]) -> Rendered:
    """The blocks `subject` and `text` of `data/templates/<template>.txt.j2`. The values are texts, never templates.

    Raises:
        jinja2.UndefinedError: the template asks for a value that isn't there.
    """
    found = _templates.get_template(f"{template}.txt.j2")
    parts = {name: "".join(found.blocks[name](found.new_context(values))) for name in ("subject", "text")}
    return Rendered(one_line(parts["subject"]), letter_text(parts["text"]).lstrip("\n"))


def day(value: date) -> str:
    """A date as in a letter: `4 December 2026`."""
    return f"{value.day} {value:%B} {value.year}"


_templates: Final = Environment(
    loader=PackageLoader("services.notifications", "data/templates"),
    autoescape=False,  # noqa: S701  plain text: there is no markup to escape
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)
_templates.filters["day"] = day
_templates.filters["one_line"] = one_line
_templates.filters["words"] = lambda name: name.replace("-", " ")
