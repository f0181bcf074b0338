"""The morning digest: one e-mail an officer and working day, of what is due in the cases that they have.

It is a message like any other, in a stream of its own under the officer's id, and each case that it names says so in a
`digest-<case>` stream.
"""

from __future__ import annotations

from typing import Final

from services.notifications.domain.digest.lines import DueLine, Parts, naming, parted
from services.notifications.domain.digest.name_case import NAME_CASE, NameCase
from services.notifications.domain.digest.owed import StartDigests, WriteDigest
from services.notifications.domain.digest.state import INITIAL, DigestState, evolve
from shared.contracts.notifications import DigestEvent
from shared.kit.decider import Command, Decider, decider

NAMED: Final[Decider[Command, DigestState, DigestEvent]] = decider((NAME_CASE,), evolve, INITIAL, None)

__all__ = [
    "NAMED",
    "DueLine",
    "NameCase",
    "Parts",
    "StartDigests",
    "WriteDigest",
    "naming",
    "parted",
]
