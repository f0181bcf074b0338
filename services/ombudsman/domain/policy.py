"""What may be done with a referral now: asked by its decider first, and shown to officers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from services.ombudsman.domain.commands import AnswerEnquiry, OpenReferral, RecordDecision, RecordEnquiry
from services.ombudsman.domain.state import ReferralState
from services.ombudsman.domain.vocabulary import Vocabulary
from shared.kit.decider import Refused

Options = Mapping[str, tuple[str, ...]]
KINDS: Final = (OpenReferral.kind, RecordEnquiry.kind, AnswerEnquiry.kind, RecordDecision.kind)


@dataclass(frozen=True, slots=True)
class Offer:
    """An action with the values that it takes now, or the reason why it is refused."""

    kind: str
    options: Options = field(default_factory=dict)
    refused: Refused | None = None


def offers(state: ReferralState, words: Vocabulary) -> tuple[Offer, ...]:
    """Every action, in the order of the work."""
    return tuple(_offer(kind, state, words) for kind in KINDS)


def options(kind: str, state: ReferralState, words: Vocabulary) -> Options:
    """The values that a command of this kind may take now.

    Raises:
        Refused: the rules forbid it as things stand.
    """
    if kind == OpenReferral.kind:
        if state.referral is not None:
            raise Refused("referral-open", "This referral has been recorded already.")
        return {"ombudsman": words.names()}
    if state.referral is None:
        raise Refused("no-referral", "No such referral has been recorded: open it first.")
    if state.outcome is not None:
        raise Refused("decided", "The Ombudsman has decided this referral.")
    if kind == RecordEnquiry.kind:
        return {"letter": words.letters(state.ombudsman, state.regime_version)}
    if kind == AnswerEnquiry.kind:
        waiting = tuple(str(enquiry.number) for enquiry in state.unanswered())
        if not waiting:
            raise Refused("nothing-to-answer", "No enquiry waits for an answer.")
        return {"enquiry": waiting}
    return {"outcome": words.outcomes[state.ombudsman]}


def _offer(kind: str, state: ReferralState, words: Vocabulary) -> Offer:
    try:
        return Offer(kind, options(kind, state, words))
    except Refused as refused:
        return Offer(kind, refused=refused)
