"""From which day a matter counts when it is triaged: its receipt, or the day on which it became another matter."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.intake.domain.case.checks import first_that_followed, is_settled, regime_of
from services.intake.domain.case.command import check_day
from services.intake.domain.case.given import Given
from services.intake.domain.case.state import CaseState
from shared.kit.decider import Refused
from shared.rules.regimes.rules import ANSWERS, BeginsAnew, Regime


def rule_for(entered: Regime, state: CaseState, given: Given) -> BeginsAnew | None:
    """What says that the matter begins anew under that regime now: the regime that it leaves, or has left for its like.

    An answered one begins anew by the regime that it leaves alone, and only when its answer has left.
    """
    if state.regime is None:
        return None
    left = regime_of(state, given)
    if state.began_anew is not None and not is_settled(state, given):
        left = given.rules.version(state.began_anew.regime, state.began_anew.version)
    on_its_way = any(
        letter.sent_on is None for (purpose, _), letter in state.letters.items() if purpose in ANSWERS
    )
    rule = left.begins_anew
    return None if rule is None or entered.kind not in rule.kinds or on_its_way else rule


def day_of(entered: Regime, asked: date | None, state: CaseState, given: Given) -> date:
    """The day from which the matter counts under that regime; `asked` is the day on which it became another matter.

    Raises:
        Refused: `no-new-beginning`, `in-the-future`, `before-receipt`, `after-what-followed`.
    """
    assert state.received_on is not None
    if asked is None:
        return _kept(entered, state, given)
    if rule_for(entered, state, given) is None:
        raise _none(entered, state, given)
    check_day(asked, state, given)
    latest = first_that_followed(state, given) if entered.name == state.regime else None
    if latest is not None and asked > latest:
        raise Refused(
            "after-what-followed", f"Something that followed it is of {latest.isoformat()} already."
        )
    return asked


def hints_of(entered: Regime, state: CaseState, given: Given) -> dict[str, Any]:
    """What `received_on` may be under that regime, and whether it has to be said; nothing where it can't be."""
    rule = rule_for(entered, state, given)
    if rule is None:
        return {}
    assert state.received_on is not None
    latest = first_that_followed(state, given) if entered.name == state.regime else None
    return {
        "received_on": {
            "earliest": state.received_on.isoformat(),
            "latest": (latest or given.today).isoformat(),
            "required": is_settled(state, given),
        },
        "citation": rule.citation,
    }


def _kept(entered: Regime, state: CaseState, given: Given) -> date:
    """A new beginning holds under every regime for which the matter began anew, and under no other."""
    assert state.received_on is not None
    if state.began_anew is None:
        return state.received_on
    rule = given.rules.version(state.began_anew.regime, state.began_anew.version).begins_anew
    return state.began_anew.on if rule is not None and entered.kind in rule.kinds else state.received_on


def _none(entered: Regime, state: CaseState, given: Given) -> Refused:
    left = None if state.regime is None else regime_of(state, given)
    moved = entered.title if left is None else f"{left.title} to {entered.title}"
    rule = None if left is None else left.begins_anew
    source = (left or entered).citation if rule is None else rule.citation
    return Refused(
        "no-new-beginning",
        f"{moved}: it counts from its receipt. Leave received_on out, or correct the receipt.",
        source,
    )
