"""Texts as they may stand in a message: nothing invisible, nothing that could become a header."""

from __future__ import annotations

import unicodedata
from typing import Final

LONGEST_SUBJECT: Final = 150
"""Characters; longer ones are cut and end in an ellipsis."""

_NEVER_SHOWN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Unicode categories: controls, direction marks, lone surrogates, line and paragraph separators."""
_LETTER_LINES: Final = frozenset("\n\t")


def one_line(text: str, longest: int = LONGEST_SUBJECT) -> str:
    """The text on one line without anything invisible, so that it can't become a header of its own."""
    shown = "".join(" " if unicodedata.category(letter) in _NEVER_SHOWN else letter for letter in text)
    line = " ".join(shown.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def letter_text(text: str) -> str:
    """The text of a letter: lines end in a newline; control characters and lone surrogates are left out."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(
        letter
        for letter in lines
        if letter in _LETTER_LINES or unicodedata.category(letter) not in {"Cc", "Cs"}
    )
    return kept.rstrip() + "\n"
