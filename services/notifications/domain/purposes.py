"""What messages are for, and whom they go to."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Purpose(StrEnum):
    """Why a message is written; stands in events as its value."""

    REMINDER = "reminder"
    CONTRIBUTION_REQUEST = "contribution-request"
    ACKNOWLEDGEMENT = "acknowledgement"
    RESPONSE = "response"
    DELAY_NOTICE = "delay-notice"
    EXTENSION_NOTICE = "extension-notice"

    @property
    def audience(self) -> Audience:
        """Whom such a message goes to."""
        return Audience.DEPARTMENT if self in TO_DEPARTMENTS else Audience.CUSTOMER


class Audience(StrEnum):
    """Whom a message goes to."""

    DEPARTMENT = "department"
    CUSTOMER = "customer"


TO_DEPARTMENTS: Final = frozenset({Purpose.REMINDER, Purpose.CONTRIBUTION_REQUEST})

CONTRIBUTION: Final = "contribution"
"""The clock of a department's part of an answer; its occurrence is the contribution's number."""

EMAIL: Final = "email"
"""The channel, and the means, of everything that leaves from here."""
