"""A text in pieces: what is the same in every copy of a life, and what each copy has for itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

ID: Final = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_AT: Final = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z"


@dataclass(frozen=True, slots=True)
class Own:
    """One of the life's own ids, by its number."""

    number: int


@dataclass(frozen=True, slots=True)
class KeyOf:
    """The id of somebody's key in the event's case."""

    owner: str | Own


@dataclass(frozen=True, slots=True)
class Sealed:
    """Nonce and ciphertext of one of the event's texts, by its number."""

    number: int


@dataclass(frozen=True, slots=True)
class At:
    """An instant, which every copy has a little later."""

    moment: datetime


@dataclass(frozen=True, slots=True)
class Word:
    """A name that only one life may have, such as its case's reference, by its number."""

    number: int


Piece = str | Own | KeyOf | Sealed | At | Word
Pieces = tuple[Piece, ...]


def nonce_of(number: int) -> str:
    """What stands for the nonce of an event's text until the text is sealed."""
    return f"@{number}@"


class Cutter:
    """Takes texts to pieces.

    Args:
        own: the life's own ids, each with its number.
        words: what only one life may be called, each with its number.
    """

    def __init__(self, own: Mapping[str, int], words: Mapping[str, int]) -> None:
        self._own = own
        self._words = words
        names = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or "(?!)"
        self._pattern = re.compile(
            rf'"key_id":"(?P<owner>{ID})"|"nonce":"@(?P<sealed>\d+)@","ciphertext":""'
            rf"|(?P<id>{ID})|(?P<at>{_AT})|(?P<word>{names})"
        )

    def cut(self, text: str) -> Pieces:
        """The text's pieces; neighbouring ones that are always the same are one."""
        return tuple(_joined(self._cut(text)))

    def _cut(self, text: str) -> Iterator[Piece]:
        done = 0
        for found in self._pattern.finditer(text):
            yield text[done : found.start()]
            made: Mapping[str, Callable[[str], Piece]] = {
                "owner": lambda owner: KeyOf(self._id(owner)),
                "sealed": lambda number: Sealed(int(number)),
                "id": self._id,
                "at": lambda at: At(datetime.fromisoformat(at)),
                "word": lambda word: Word(self._words[word]),
            }
            assert found.lastgroup is not None
            yield made[found.lastgroup](found[found.lastgroup])
            done = found.end()
        yield text[done:]

    def _id(self, text: str) -> str | Own:
        number = self._own.get(text)
        return text if number is None else Own(number)


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    held = ""
    for piece in pieces:
        if isinstance(piece, str):
            held += piece
            continue
        if held:
            yield held
            held = ""
        yield piece
    if held:
        yield held
