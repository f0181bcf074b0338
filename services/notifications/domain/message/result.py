"""What may become of an attempt: what a sender answers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Accepted:
    """The message is the server's now; `answer` is what it said."""

    answer: str


@dataclass(frozen=True, slots=True)
class TemporaryRefusal:
    """The message did not leave, and may later; `code` is the server's, None where none answered."""

    code: int | None
    answer: str


@dataclass(frozen=True, slots=True)
class PermanentRefusal:
    """The message did not leave and never will as it stands."""

    code: int | None
    answer: str


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """The whole message went out and the answer was lost: it may have arrived."""

    answer: str


Result = Accepted | TemporaryRefusal | PermanentRefusal | NoAnswer
