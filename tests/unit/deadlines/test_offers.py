"""What is offered is accepted; the rest is refused with the reason that was shown."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.deadlines.domain.clock import FOR_OFFICERS, clock_offers
from services.deadlines.domain.clock.names import Fact
from services.deadlines.domain.clock.pause import Pause
from services.deadlines.domain.clock.propose_extension import ProposeExtension
from services.deadlines.domain.clock.restart import Restart
from services.deadlines.domain.clock.resume import Resume
from shared.kit.decider import Offer, Refused
from shared.rules.regimes import load_regimes
from tests.unit.deadlines.facts import asked_for, closed, happened, opened, received, reopened
from tests.unit.deadlines.telling import REASON, Story

REGIMES = sorted(load_regimes())
DAY = timedelta(days=1)


def by_kind(case: Story) -> dict[str, Offer]:
    """The offers of today."""
    return {offer.verb: offer for offer in clock_offers(case.state, case.given)}


def test_a_corporate_complaint_is_offered_an_extension_and_no_pause() -> None:
    case = Story(today=date(2026, 6, 5)).hear(
        *received("corporate", date(2026, 6, 1)), happened("stage1:acknowledged", date(2026, 6, 3))
    )
    found = by_kind(case)
    (choice,) = found["propose-extension"].choices
    assert choice.values == {"clock": ("stage1_respond",), "occurrence": (1,), "means": ("email", "post")}
    assert choice.hints["latest"] == date(2026, 7, 1)
    assert choice.hints["notice_by"] == date(2026, 6, 17)
    assert choice.hints["requires"] == ["reason", "notice", "ombudsman-details"]
    refused = found["pause"].refused
    assert refused is not None
    assert (refused.code, refused.citation[:14]) == ("no-pause", "LGSCO Code 6.4")


def test_a_request_is_offered_its_pause_until_it_is_paused_and_then_the_end_of_it() -> None:
    case = Story(today=date(2026, 3, 9)).hear(*received("foi", date(2026, 3, 2)))
    found = by_kind(case)
    assert found["pause"].refused is None
    assert found["resume"].refused is not None
    case.tell(Pause(kind="fees-notice", on=date(2026, 3, 9)))
    found = by_kind(case)
    assert found["pause"].refused is not None
    assert found["resume"].choices[0].values == {"kind": ("fees-notice",)}


def test_a_case_that_was_never_triaged_is_offered_nothing() -> None:
    case = Story().hear(opened(date(2026, 6, 1)))
    assert {offer.refused.code for offer in clock_offers(case.state, case.given) if offer.refused} == {
        "not-triaged",
        "no-clock",
    }
    assert not any(offer.choices for offer in clock_offers(case.state, case.given))


@pytest.mark.parametrize("regime", REGIMES)
@given(data=st.data())
@settings(max_examples=12, deadline=None)
def test_whatever_is_offered_is_accepted_and_the_rest_refused_with_the_same_reason(
    regime: str, data: Any
) -> None:
    day = data.draw(st.dates(date(2026, 6, 20), date(2026, 8, 1)))
    case = Story(today=day).hear(*received(regime, day))
    rules = load_regimes()[regime]
    for _ in range(data.draw(st.integers(0, 6))):
        case.today += data.draw(st.integers(0, 12)) * DAY
        something(case, data, [stage.name for stage in rules.stages])
    found = by_kind(case)
    for each in FOR_OFFICERS:
        if each.tries is None or not found[each.command.verb].choices:
            continue
        for choice, command in each.tries(case.state, case.given):
            if choice in found[each.command.verb].choices:
                case.rules.fold((*case.past, *case.rules.decide(command, case.state)))
    assert all(offer.refused.title for offer in found.values() if offer.refused is not None)
    assert all(bool(offer.choices) == (offer.refused is None) for offer in found.values())
    pause = found["pause"].refused
    if pause is not None and not rules.pauses:
        with pytest.raises(Refused) as caught:
            case.rules.decide(Pause(kind="whatever", on=case.today), case.state)
        assert (caught.value.code, caught.value.citation) == (pause.code, pause.citation)


def something(case: Story, data: Any, stages: list[str]) -> None:
    """Something happens in the case, or is refused."""
    stage = data.draw(st.sampled_from(stages))
    rules = load_regimes()[next(fact.regime for fact in case.state.facts if fact.fact == Fact.TRIAGED)]
    kinds = [pause.name for pause in rules.pauses] or ["none"]
    restarts = [restart.name for restart in rules.restarts] or ["none"]
    clocks = [run.clock for run in case.state.runs.values()] or ["none"]
    moves: list[Any] = [
        lambda: case.hear(happened(f"{stage}:acknowledged", case.today)),
        lambda: case.hear(happened(f"{stage}:responded", case.today)),
        lambda: case.hear(happened(f"{stage}:escalation-requested", case.today)),
        lambda: case.hear(closed(case.today)),
        lambda: case.hear(reopened(case.today)),
        lambda: case.hear(asked_for(1, case.today, case.today + 5 * DAY)),
        lambda: case.tell(Pause(kind=data.draw(st.sampled_from(kinds)), on=case.today)),
        lambda: case.tell(Resume(kind=data.draw(st.sampled_from(kinds)), on=case.today)),
        lambda: case.tell(Restart(kind=data.draw(st.sampled_from(restarts)), on=case.today)),
        lambda: case.tell(
            ProposeExtension(
                clock=data.draw(st.sampled_from(clocks)),
                new_due_on=case.today + 25 * DAY,
                reason=REASON,
                ombudsman_details=True,
                agreed_on=case.today,
            )
        ),
    ]
    try:
        data.draw(st.sampled_from(moves))()
    except Refused:
        return
