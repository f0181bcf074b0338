"""What a decision about a referral is given besides command and state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.ombudsman.domain.referral.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Given:
    """The circumstances of a decision.

    Attributes:
        today: the London day.
        case_id: the council's case.
        owner: whose matter it is; their key seals the texts.
        referral: the referral that the command's reference names, opened or not.
        words: the Ombudsmen and what each calls things.
    """

    today: date
    case_id: UUID
    owner: UUID
    referral: UUID
    words: Vocabulary
