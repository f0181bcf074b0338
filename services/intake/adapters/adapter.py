"""What reads one sender's format."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from services.intake.domain.incoming import IncomingContact


class Adapter(Protocol):
    """Reads the bytes of one format into the intake model. Pure: no clock, no network, no database."""

    @property
    def name(self) -> str:
        """The name in `POST /contacts/{adapter}`, such as `govuk-forms`; also the format's name in events."""

    def read(self, body: bytes, headers: Mapping[str, str]) -> IncomingContact:
        """The contact that this message holds.

        `headers` are those that `headers.of_message` lets through, names in lower case. The body was checked for
        its size already.

        Raises:
            Unreadable: the message doesn't fit the format; it goes to quarantine.
        """


class Unreadable(Exception):
    """A message doesn't fit its format.

    Attributes:
        code: stable and machine-readable, such as `not-json`, `missing-field`, `not-a-case`.
        title: one plain sentence for whoever mends it. It must not quote personal data.
        pointer: a JSON pointer (RFC 6901) to the place of the fault; empty for the whole message.
        detail: what was expected there, without the value that stood there.
        message_id: the sender's id of the message, where it could be read in spite of the fault.
    """

    def __init__(
        self, code: str, title: str, pointer: str = "", detail: str = "", *, message_id: str | None = None
    ) -> None:
        super().__init__(title)
        self.code = code
        self.title = title
        self.pointer = pointer
        self.detail = detail
        self.message_id = message_id
