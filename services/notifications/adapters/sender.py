"""The port through which messages leave, one at a time.

SMTP and a folder of `.eml` files stand behind it; a provider with an HTTP API fits as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from services.notifications.domain.message.result import Result


@dataclass(frozen=True, slots=True)
class Message:
    """A plain-text message to one address. `message_id` is the same for every attempt."""

    to: str
    subject: str
    text: str
    message_id: str


class Sender(Protocol):
    """Sends one message, once. Never raises for what a server does; answers within `longest` seconds."""

    @property
    def longest(self) -> float:
        """How long one try may take, in seconds."""
        ...

    async def send(self, message: Message) -> Result:
        """Tries once."""
        ...
