"""What a referral's rules need to remember."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Enquiry:
    """A letter that asks for an answer; `answered_on` once there is one."""

    number: int
    kind: str
    letter_on: date
    due_on: date | None
    answered_on: date | None = None


@dataclass(frozen=True, slots=True)
class ReferralState:
    """A referral; `referral` is None before it is opened, `outcome` before it is decided."""

    referral: UUID | None = None
    ombudsman: str = ""
    regime_version: str = ""
    their_reference: str = ""
    referred_on: date | None = None
    outcome: str | None = None
    decided_on: date | None = None
    enquiries: Mapping[int, Enquiry] = field(default_factory=lambda: MappingProxyType({}))

    def unanswered(self) -> tuple[Enquiry, ...]:
        """The enquiries that wait for an answer, oldest first."""
        return tuple(enquiry for enquiry in self.enquiries.values() if enquiry.answered_on is None)


INITIAL = ReferralState()
