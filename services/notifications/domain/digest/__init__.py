"""The morning digest: one e-mail an officer and working day, of what is due in the cases that they have.

It is a message like any other, in a stream of its own under the officer's id, and each case that it names says so in a
stream of the case.
"""

from __future__ import annotations

from services.notifications.domain.digest.lines import DueLine, Parts, named_in, parted
from services.notifications.domain.digest.owed import StartDigests, WriteDigest

__all__ = ["DueLine", "Parts", "StartDigests", "WriteDigest", "named_in", "parted"]
