"""The same facts, in whatever order they are recorded, lead to the same dates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from services.deadlines.domain.clock import case_history, clock_decider
from services.deadlines.domain.clock.hear import Hear
from services.deadlines.domain.clock.names import Fact
from services.deadlines.domain.clock.pause import Pause
from services.deadlines.domain.clock.propose_extension import ProposeExtension
from services.deadlines.domain.clock.recalculate import Recalculate
from services.deadlines.domain.clock.restart import Restart
from services.deadlines.domain.clock.resume import Resume
from shared.contracts.deadlines import ClockEvent, FactNoted
from shared.kit.decider import Command, Refused
from tests.unit.deadlines.facts import CASE
from tests.unit.deadlines.telling import LATER, REASON, on

RULES = clock_decider(on(LATER))
RECEIVED = st.dates(date(2026, 3, 1), date(2026, 9, 30))
Facts = tuple[FactNoted, ...]


def fact(kind: Fact, sequence: int, day: date, **fields: Any) -> FactNoted:
    """A fact of the case's stream."""
    return FactNoted(fact=kind, origin=CASE, sequence=sequence, on=day, **fields)


def outcome(past: Sequence[ClockEvent]) -> dict[tuple[str, str], tuple[Any, ...]]:
    """What matters in the end: the regime's clocks that run or were met, their dates, and what became of them."""
    state = RULES.fold(past)
    triaged = case_history.triaged(state)
    last = {}
    for run in sorted(state.runs.values(), key=lambda run: run.occurrence):
        if triaged is not None and run.regime == triaged.regime and (run.met_on or not run.stopped):
            still = run.live and run.paused_on is not None
            last[run.regime, run.clock] = (run.base_date, run.due_on, run.met_on, run.late, still)
    return last


def told(commands: Sequence[Command]) -> tuple[list[ClockEvent], int]:
    """The events of these commands, and how many of them were refused."""
    past: list[ClockEvent] = []
    refused = 0
    for command in commands:
        try:
            past += RULES.decide(command, RULES.fold(past))
        except Refused:
            refused += 1
    return past, refused


@st.composite
def complaint(draw: Callable[..., Any]) -> Facts:
    """What intake records of a corporate complaint, in the order in which it does."""
    received = draw(RECEIVED)
    days = [received + timedelta(days=draw(st.integers(0, 40))) for _ in range(4)]
    regime, version = draw(st.sampled_from([("corporate", "2024-02"), ("housing", "2024-04")]))
    recorded = [
        fact(Fact.OPENED, 1, received, reference="CASE-2026-1"),
        fact(Fact.TRIAGED, 2, received, regime="corporate", regime_version="2024-02", stage="stage1"),
        fact(Fact.HAPPENED, 3, days[0], trigger="stage1:acknowledged"),
        fact(Fact.HAPPENED, 4, days[1], trigger="stage1:responded"),
        fact(Fact.HAPPENED, 5, days[2], trigger="stage2:escalation-requested"),
        fact(Fact.TRIAGED, 6, received, regime=regime, regime_version=version, stage="stage1"),
        fact(Fact.HAPPENED, 7, days[3], trigger="stage2:acknowledged"),
        fact(Fact.ENDED, 8, days[3], cause="closed"),
        fact(Fact.REOPENED, 9, days[3]),
    ]
    return tuple(recorded[: draw(st.integers(2, len(recorded)))])


@given(recorded=complaint(), data=st.data())
@settings(max_examples=150, deadline=None)
def test_facts_of_one_stream_handed_on_in_any_order_give_the_same_clocks(recorded: Facts, data: Any) -> None:
    shuffled = data.draw(st.permutations(recorded))
    twice = [*shuffled, *data.draw(st.lists(st.sampled_from(recorded), max_size=3))]
    right, _ = told([Hear(fact=each) for each in recorded])
    found, _ = told([Hear(fact=each) for each in twice])
    assert outcome(found) == outcome(right)


@given(data=st.data(), received=st.dates(date(2026, 3, 1), date(2026, 8, 1)))
@settings(max_examples=200, deadline=None)
def test_pauses_extensions_restarts_and_answers_entered_in_any_order_give_the_same_dates(
    data: Any, received: date
) -> None:
    regime, version, pause, restart = data.draw(
        st.sampled_from(
            [
                ("foi", "2018-07", "fees-notice", "clarification"),
                ("eir", "2005-01", "advance-payment", "particulars"),
                ("sar", "2026-02", "clarification", "identity"),
            ]
        )
    )

    def day(least: int, most: int) -> date:
        return received + timedelta(days=data.draw(st.integers(least, most)))

    begun, ends = sorted((day(1, 15), day(1, 25)))
    start = [
        Hear(fact=fact(Fact.OPENED, 1, received, reference="CASE-2026-1")),
        Hear(
            fact=fact(Fact.TRIAGED, 2, received, regime=regime, regime_version=version, stage="request"),
        ),
    ]
    entered: list[Command] = [
        *(
            [Pause(kind=pause, on=begun, until=ends)]
            if data.draw(st.booleans())
            else [Pause(kind=pause, on=begun), Resume(kind=pause, on=ends)]
        ),
        *(
            [Restart(kind=restart, on=day(1, 20))]
            if data.draw(st.booleans())
            else [
                Restart(kind=restart, asked_on=day(1, 3)),
                Restart(kind=restart, on=day(4, 20)),
            ]
        ),
        ProposeExtension(
            clock="respond",
            new_due_on=day(45, 62),
            reason=REASON,
            notice_sent_on=day(1, 20),
            beyond_guidance=True,
        ),
        Hear(fact=fact(Fact.HAPPENED, 3, day(20, 90), trigger="request:responded")),
    ]
    chosen = data.draw(st.lists(st.sampled_from(entered), unique_by=id, min_size=2))
    right, refused = told([*start, *chosen])
    found, refused_too = told([*start, *data.draw(st.permutations(chosen))])
    lawful = refused == refused_too == 0
    event(f"lawful in both orders: {lawful}")
    assume(lawful)
    assert outcome(found) == outcome(right)


@given(recorded=complaint())
@settings(max_examples=50, deadline=None)
def test_looking_again_changes_nothing(recorded: Facts) -> None:
    past, _ = told([Hear(fact=each) for each in recorded])
    assert RULES.decide(Recalculate(), RULES.fold(past)) == ()


@given(recorded=complaint())
@settings(max_examples=50, deadline=None)
def test_the_date_of_every_run_is_the_one_in_its_working(recorded: Facts) -> None:
    past, _ = told([Hear(fact=each) for each in recorded])
    for run in RULES.fold(past).runs.values():
        assert run.working["due"] == run.due_on.isoformat()
        assert run.working["base_date"] == run.base_date.isoformat()
