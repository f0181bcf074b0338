"""What the rules of a case have to remember of its past."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID


class Standing(StrEnum):
    """Where a case stands as a whole."""

    NONE = "none"
    OPEN = "open"
    REFUSED = "refused"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class LetterState:
    """A letter that was issued; `sent_on` is None while it is on its way."""

    means: str
    sent_on: date | None = None


@dataclass(frozen=True, slots=True)
class RefusalState(LetterState):
    """A refusal: what is said of it again when it has left."""

    ground: str = ""
    citation: str = ""
    ombudsman: str = ""


@dataclass(frozen=True, slots=True)
class ContributionState:
    """A department's part of the answer; `outstanding` until it comes or is withdrawn."""

    department_id: UUID
    outstanding: bool = True


@dataclass(frozen=True, slots=True)
class Beginning:
    """A matter began anew on a day, when it left a regime, in that version, which says that it does."""

    on: date
    regime: str
    version: str


@dataclass(frozen=True, slots=True)
class CaseState:
    """A case as its rules see it.

    Attributes:
        owner: the customer, under whose key free text is sealed.
        received_on: when the council had it first.
        began_anew: since when it is another matter than the one that was received.
        receipt_is_doubtful: the sender's day was taken though it is long past, and no officer has looked at it yet.
        has_email: whether there is an address to write an email to.
        school: whose days its clocks count, where the regime counts a school's.
        stage_since: the day from which the current stage counts; nothing of it can have left before.
        letters: by purpose and stage, since the case came under its regime.
        answered_by: by stage, who wrote its response or refusal.
        safe_channels: None while no contact plan was set: every channel is allowed then.
    """

    standing: Standing = Standing.NONE
    reference: str = ""
    owner: UUID | None = None
    received_on: date | None = None
    began_anew: Beginning | None = None
    receipt_is_doubtful: bool = False
    has_email: bool = False
    regime: str | None = None
    regime_version: str | None = None
    stage: str | None = None
    stage_since: date | None = None
    school: str | None = None
    restricted: bool = False
    department_id: UUID | None = None
    officer_id: UUID | None = None
    letters: Mapping[tuple[str, str], LetterState] = field(default_factory=dict)
    answered_by: Mapping[str, str] = field(default_factory=dict)
    contributions: Mapping[int, ContributionState] = field(default_factory=dict)
    bases: Mapping[str, date] = field(default_factory=dict)
    safe_channels: frozenset[str] | None = None
    referrals: frozenset[UUID] = frozenset()

    @property
    def exists(self) -> bool:
        return self.standing is not Standing.NONE

    @property
    def counts_from(self) -> date | None:
        """The day from which it counts: of its receipt, if it hasn't begun anew since."""
        return self.received_on if self.began_anew is None else self.began_anew.on

    @property
    def is_open(self) -> bool:
        return self.standing is Standing.OPEN

    @property
    def outstanding(self) -> tuple[int, ...]:
        """The numbers of the contributions that are waited for."""
        return tuple(number for number, part in self.contributions.items() if part.outstanding)

    def letter(self, purpose: str, stage: str | None) -> LetterState | None:
        return self.letters.get((purpose, stage or ""))

    def may_use(self, channel: str) -> bool:
        """Whether the contact plan, if there is one, calls this channel safe."""
        return self.safe_channels is None or channel in self.safe_channels


INITIAL = CaseState()
