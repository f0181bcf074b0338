"""The port through which messages leave, and what may become of one.

SMTP and a folder of `.eml` files stand behind it; a provider with an HTTP API fits as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Message:
    """A plain-text message to one address. `message_id` is the same for every attempt."""

    to: str
    subject: str
    text: str
    message_id: str


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


class Sender(Protocol):
    """Sends one message, once. Never raises for what a server does; answers within `longest` seconds."""

    @property
    def longest(self) -> float:
        """How long one try may take, in seconds."""
        ...

    async def send(self, message: Message) -> Result:
        """Tries once."""
        ...
