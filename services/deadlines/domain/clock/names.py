"""The few names that no regime gives."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

CONTRIBUTION: Final = "contribution"
"""The clock of a department's part of one answer; its occurrence is the contribution's number."""

RECEIVED: Final = "received"
"""The base of every clock that counts from the day of receipt."""

ACKNOWLEDGED: Final = "acknowledged"
RESPONDED: Final = "responded"
ESCALATED: Final = "escalation-requested"
"""What the regimes call the events of a stage."""


REFUSED: Final = "refused"
"""The cause of an answer that refuses the matter, and of what is owed no more for that."""


class Fact(StrEnum):
    """What deadlines hears from other services; see `FactNoted`."""

    OPENED = "opened"
    TRIAGED = "triaged"
    CORRECTED = "corrected"
    REFERRED = "referred"
    HAPPENED = "happened"
    ASKED = "asked"
    ENDED = "ended"
    REOPENED = "reopened"


class MovedBy(StrEnum):
    """Why a date moved."""

    PAUSED = "paused"
    EXTENDED = "extended"
    RESTARTED = "restarted"
    REBASED = "rebased"
    RECALCULATED = "recalculated"
    GIVEN = "given"


RETRIAGED: Final = "retriaged"
"""Why the clocks of a regime stop when the case goes under another one."""

SUPERSEDED: Final = "superseded"
"""Why a backstop stops when the clock that it stands behind starts."""

AGREEMENT: Final = "agreement"
"""How the customer was told of an extension that they have to agree to."""
