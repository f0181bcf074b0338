"""What may be done to a case now: asked by its decider before anything else, and shown to officers.

So `/actions` and the decider can't disagree: each action that is offered comes with values that are accepted,
each other one with the reason for which it is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from services.intake.domain.case.state import CaseState, Standing
from services.intake.domain.rulebook import Rulebook, first_stage
from shared.kit.decider import Refused
from shared.rules.regimes.rules import Stage

CHANNELS: Final = ("email", "phone", "post", "counter")
"""The channels that a contact plan can call safe."""
MEANS: Final = ("email", "post")
"""How a letter leaves."""
ANSWERED: Final = "answered"
CLOSING_GROUNDS: Final = (
    ANSWERED,
    "withdrawn",
    "resolved",
    "no-reply",
    "transferred",
    "duplicate",
    "out-of-time",
)
"""Why a case ends; `answered` only once the answer has left."""

Options = Mapping[str, tuple[str, ...]]
ACKNOWLEDGEMENT: Final = "acknowledgement"
RESPONSE: Final = "response"


@dataclass(frozen=True, slots=True)
class Offer:
    """An action with the values that it may take now, or with the reason why it is refused."""

    kind: str
    options: Options = field(default_factory=dict)
    refused: Refused | None = None


def offers(state: CaseState, rules: Rulebook, who: str) -> tuple[Offer, ...]:
    """Every action of an officer (`who`: their principal) on this case, in the order of the work."""
    return tuple(_offer(kind, state, rules, who) for kind in ACTIONS)


def options(kind: str, state: CaseState, rules: Rulebook, who: str) -> Options:
    """The values that this kind of command may take now.

    Raises:
        Refused: there are none: the rules forbid it as things stand.
    """
    return ACTIONS[kind](state, rules, who)


def means_refusal(state: CaseState, purpose: str, means: str) -> Refused | None:
    """Why a letter of the current stage can't leave that way; None if it can."""
    if not state.may_use(means):
        return Refused("channel-unsafe", f"The contact plan doesn't allow {means}: use a safe channel.")
    if means == "email":
        if not state.has_email:
            return Refused("no-email-address", "There is no email address: post the letter.")
        if state.letter(purpose, state.stage) is not None:
            return Refused("letter-on-its-way", "It is on its way already: wait, or post it instead.")
    return None


def _offer(kind: str, state: CaseState, rules: Rulebook, who: str) -> Offer:
    try:
        return Offer(kind, options(kind, state, rules, who))
    except Refused as refused:
        return Offer(kind, refused=refused)


def _triage(state: CaseState, rules: Rulebook, _who: str) -> Options:
    _needs_open(state)
    if state.regime is not None and is_settled(state, rules):
        return {"regime": (state.regime,)}
    return {"regime": rules.triable()}


def _refuse(state: CaseState, rules: Rulebook, _who: str) -> Options:
    _needs_open(state)
    if state.responses:
        raise Refused("already-answered", "The case has been answered: it can't be refused any more.")
    return {"regime": rules.refusable()}


def _assign(state: CaseState, _rules: Rulebook, _who: str) -> Options:
    _needs_open(state)
    return {}


def _acknowledge(state: CaseState, _rules: Rulebook, _who: str) -> Options:
    _needs_triage(state)
    return _letter(state, ACKNOWLEDGEMENT)


def _respond(state: CaseState, rules: Rulebook, who: str) -> Options:
    _needs_triage(state)
    if state.outstanding:
        raise Refused(
            "contribution-outstanding",
            "A department's part is still outstanding: wait for it, or withdraw the request.",
        )
    _needs_fresh_eyes(state, rules, who)
    return _letter(state, RESPONSE)


def _request_contribution(state: CaseState, _rules: Rulebook, _who: str) -> Options:
    _needs_triage(state)
    return {}


def _end_contribution(state: CaseState, _rules: Rulebook, _who: str) -> Options:
    _needs_open(state)
    if not state.outstanding:
        raise Refused("no-contribution-outstanding", "No department's part is waited for.")
    return {"contribution": tuple(str(number) for number in state.outstanding)}


def _request_escalation(state: CaseState, rules: Rulebook, _who: str) -> Options:
    if state.standing is not Standing.CLOSED:
        _needs_open(state)
    _needs_regime(state)
    stage = _stage(state, rules)
    if stage.next is None:
        raise Refused(
            "no-next-stage",
            "This was the last stage: the customer may go to the Ombudsman or the regulator.",
            stage.citation,
        )
    return {"stage": (stage.next,)}


def _record_base_date(state: CaseState, rules: Rulebook, _who: str) -> Options:
    _needs_triage(state)
    assert state.regime is not None
    assert state.regime_version is not None
    regime = rules.version(state.regime, state.regime_version)
    if not regime.base_dates:
        raise Refused("no-base-date", "Nothing counts from a recorded day here.", regime.citation)
    return {"base": tuple(base.name for base in regime.base_dates)}


def _set_contact_plan(state: CaseState, _rules: Rulebook, _who: str) -> Options:
    _needs_case(state)
    return {"safe_channels": CHANNELS}


def _note(state: CaseState, _rules: Rulebook, _who: str) -> Options:
    _needs_case(state)
    return {}


def _close(state: CaseState, _rules: Rulebook, _who: str) -> Options:
    _needs_open(state)
    answer = state.letter(RESPONSE, state.stage)
    if answer is not None and answer.sent_on is not None:
        return {"ground": CLOSING_GROUNDS}
    return {"ground": tuple(ground for ground in CLOSING_GROUNDS if ground != ANSWERED)}


def _reopen(state: CaseState, _rules: Rulebook, _who: str) -> Options:
    _needs_case(state)
    if state.is_open:
        raise Refused("not-closed", "The case is open.")
    return {}


def is_settled(state: CaseState, rules: Rulebook) -> bool:
    """Whether the case has gone too far to be moved to another regime: answered, or past its first stage."""
    if state.regime is None or state.regime_version is None:
        return False
    regime = rules.version(state.regime, state.regime_version)
    return bool(state.responses) or state.stage != first_stage(regime)


def _letter(state: CaseState, purpose: str) -> Options:
    letter = state.letter(purpose, state.stage)
    if letter is not None and letter.sent_on is not None:
        code = "already-acknowledged" if purpose == ACKNOWLEDGEMENT else "already-answered"
        raise Refused(code, f"The {purpose} of this stage left on {letter.sent_on.isoformat()}.")
    refusals = [means_refusal(state, purpose, means) for means in MEANS]
    possible = tuple(means for means, refused in zip(MEANS, refusals, strict=True) if refused is None)
    if not possible:
        raise next(refused for refused in refusals if refused is not None)
    return {"means": possible}


def _needs_case(state: CaseState) -> None:
    if not state.exists:
        raise Refused("no-such-case", "There is no such case.")


def _needs_open(state: CaseState) -> None:
    _needs_case(state)
    if state.standing is Standing.CLOSED:
        raise Refused("case-closed", "The case is closed: reopen it first.")
    if state.standing is Standing.REFUSED:
        raise Refused("case-refused", "The matter was refused: reopen the case first.")


def _needs_regime(state: CaseState) -> None:
    if state.regime is None:
        raise Refused("not-triaged", "The case has no regime yet: triage it first.")


def _needs_triage(state: CaseState) -> None:
    _needs_open(state)
    _needs_regime(state)


def _needs_fresh_eyes(state: CaseState, rules: Rulebook, who: str) -> None:
    stage = _stage(state, rules)
    before = {answered_by for name, answered_by in state.answered_by.items() if name != stage.name}
    if stage.fresh_eyes and who in before:
        raise Refused(
            "fresh-eyes", "Whoever answered the stage before may not answer this one.", stage.citation
        )


def _stage(state: CaseState, rules: Rulebook) -> Stage:
    assert state.regime is not None
    assert state.regime_version is not None
    assert state.stage is not None
    stage = rules.version(state.regime, state.regime_version).stage(state.stage)
    assert stage is not None, "the case is in a stage that its regime has"
    return stage


ACTIONS: Final[Mapping[str, Callable[[CaseState, Rulebook, str], Options]]] = {
    "triage": _triage,
    "refuse": _refuse,
    "assign": _assign,
    "acknowledge": _acknowledge,
    "request-contribution": _request_contribution,
    "receive-contribution": _end_contribution,
    "withdraw-contribution": _end_contribution,
    "respond": _respond,
    "request-escalation": _request_escalation,
    "record-base-date": _record_base_date,
    "set-contact-plan": _set_contact_plan,
    "note": _note,
    "close": _close,
    "reopen": _reopen,
}
"""What an officer can do, by the name of the command."""
