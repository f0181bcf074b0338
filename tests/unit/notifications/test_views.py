"""Folds: what each event changes, and that the order between streams changes nothing."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.deadlines.domain.clock.pass_due import PassDue
from services.deadlines.domain.clock.pause import Pause
from services.deadlines.domain.clock.restart import Restart
from services.deadlines.views.due.fold import RunRow
from services.deadlines.views.due.fold import evolve as evolve_due
from services.notifications.views.cases import CaseRow
from services.notifications.views.cases.fold import evolve as evolve_case
from services.notifications.views.clocks import ClockRow
from services.notifications.views.clocks.fold import evolve as evolve_clocks
from shared.contracts.deadlines import (
    ClockPaused,
    ClockResumed,
    ClockStarted,
    ClockStopped,
    DueDateMoved,
    FoundMet,
    Met,
    Missed,
)
from shared.contracts.intake import (
    CaseOpened,
    CaseRefused,
    ContactPlanSet,
    ContributionReceived,
    ContributionRequested,
    EscalationRequested,
    LetterNotSent,
    Receipt,
    RefusalIssued,
    Reopened,
    ResponseIssued,
    Triaged,
)
from shared.kit.decider import Refused
from shared.kit.events import Event, Plain, SealedBlob, SealedValue
from shared.kit.log import Received, Rows, sealed
from shared.rules.regimes import load_regimes
from tests.kit.heard import told
from tests.unit.deadlines.facts import received as on_receipt
from tests.unit.deadlines.telling import Story
from tests.unit.deadlines.test_offers import something

CASE = UUID("00000000-0000-4000-8000-00000000000a")
UNIT = UUID("00000000-0000-4000-8000-00000000000b")
DAY = date(2026, 12, 1)
SEALED = SealedValue(key_id=CASE, event_id=CASE, field="text", nonce="bm9uY2U=", ciphertext="c2VhbGVk")
CLOCK = "stage1_respond"


def stream(name: str, *events: Event, key: UUID = CASE) -> list[Received]:
    return told(name, key, *events)


def started(occurrence: int = 1, clock: str = CLOCK, regime: str = "corporate") -> ClockStarted:
    return ClockStarted(
        regime=regime,
        regime_version="2024-02",
        clock=clock,
        occurrence=occurrence,
        stage="stage1",
        role="duty",
        base_event="received",
        base_date=DAY,
        due_on=DAY,
        given=False,
        working={},
        calendar_version="england-2026-11-21",
    )


def moved(days: int) -> DueDateMoved:
    return DueDateMoved(
        clock=CLOCK,
        occurrence=1,
        cause="extended",
        base_event="received",
        base_date=DAY,
        previous_due_on=DAY,
        due_on=DAY + timedelta(days=days),
        working={},
        calendar_version="england-2026-11-21",
    )


PAUSED = ClockPaused(regime="corporate", kind="fee", paused_on=DAY, clocks=(CLOCK,), citation="test")
RESUMED = ClockResumed(regime="corporate", kind="fee", paused_on=DAY, resumed_on=DAY, clocks=(CLOCK,))
MISSED = Missed(clock=CLOCK, occurrence=1, due_on=DAY)
MET = Met(clock=CLOCK, occurrence=1, due_on=DAY, met_on=DAY, late=False)
FOUND = FoundMet(clock=CLOCK, occurrence=1, due_on=DAY, met_on=DAY)
STOPPED = ClockStopped(clock=CLOCK, occurrence=1, cause="closed")


def clocks(*events: Event) -> Rows[ClockRow]:
    rows: Rows[ClockRow] = {}
    for each in stream(f"clock-{CASE}", *events):
        evolve_clocks(rows, each)
    return rows


@pytest.mark.parametrize(
    ("events", "state"),
    [
        ((), "running"),
        ((PAUSED,), "paused"),
        ((PAUSED, RESUMED), "running"),
        ((MISSED,), "missed"),
        ((MISSED, moved(7)), "running"),
        ((MISSED, moved(-1)), "running"),
        ((MISSED, FOUND), "met"),
        ((MET,), "met"),
        ((MET, PAUSED), "met"),
        ((STOPPED,), "stopped"),
        ((STOPPED, RESUMED), "stopped"),
    ],
)
def test_what_a_clock_goes_through(events: tuple[Event, ...], state: str) -> None:
    assert clocks(started(), *events)[CLOCK, 1].state == state


def test_a_clock_that_is_restarted_while_it_stands_still_is_not_due() -> None:
    case = Story(today=date(2026, 3, 9)).hear(*on_receipt("foi", date(2026, 3, 2)))
    case.tell(Pause(kind="fees-notice", on=date(2026, 3, 9)))
    case.tell(Restart(kind="clarification", on=date(2026, 3, 9)))
    assert clocks(*case.past)["respond", 1].state == "paused"


@pytest.mark.parametrize("regime", ["foi", "sar"])
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_a_clock_stands_where_deadlines_says(regime: str, data: Any) -> None:
    received = date(2026, 6, 22)
    case = Story(today=received).hear(*on_receipt(regime, received))
    stages = [stage.name for stage in load_regimes()[regime].stages]
    for _ in range(data.draw(st.integers(1, 8))):
        case.today += data.draw(st.integers(0, 15)) * timedelta(days=1)
        something(case, data, stages)
        for run in list(case.state.live()):
            try:
                case.tell(PassDue(clock=run.clock, occurrence=run.occurrence, due_on=run.due_on))
            except Refused:
                continue
    due: Rows[RunRow] = {}
    for each in stream(f"clock-{CASE}", *case.past):
        evolve_due(due, each)
    assert {key: (row.state, row.due_on) for key, row in clocks(*case.past).items()} == {
        key: (row.state, row.due_on) for key, row in due.items()
    }


def test_a_pause_means_the_latest_run_of_its_own_regimes_clock() -> None:
    rows = clocks(started(1), started(2), started(1, "stage2_respond"), started(3, regime="housing"), PAUSED)
    assert {identity: row.state for identity, row in rows.items()} == {
        (CLOCK, 1): "running",
        (CLOCK, 2): "paused",
        (CLOCK, 3): "running",
        ("stage2_respond", 1): "running",
    }


OPENED = CaseOpened(
    reference="CR-1",
    channel="web",
    adapter="json",
    sender="website",
    receipt=Receipt(received_on=DAY, precision="day", said_by="sender"),
    text=SEALED,
    original=SealedBlob(key_id=CASE, sha256="0" * 64, size=1, media_type="text/plain"),
)
TRIAGED = Triaged(regime="corporate", regime_version="2024-02", stage="stage1", received_on=DAY)
WHY = {
    "stage": "stage1",
    "ground": "already-considered",
    "citation": "LGSCO Code 2.1-2.5",
    "ombudsman": "LGSCO",
}
REFUSAL = RefusalIssued(**WHY, means="email", subject=SEALED, text=SEALED)
REFUSED = CaseRefused(**WHY, means="email", sent_on=DAY)
ANSWERED = ResponseIssued(stage="stage1", outcome="upheld", means="email", subject=SEALED, text=SEALED)


def case(*events: Event) -> CaseRow:
    rows: Rows[CaseRow] = {}
    for each in stream(f"case-{CASE}", OPENED, *events):
        evolve_case(rows, each)
    [row] = rows.values()
    return row


def test_an_answer_that_never_left_is_no_answer() -> None:
    assert case(TRIAGED, ANSWERED).responded == ("stage1",)
    lost = LetterNotSent(purpose="response", stage="stage1", notification=CASE)
    assert case(TRIAGED, ANSWERED, lost).responded == ()
    other = LetterNotSent(purpose="acknowledgement", stage="stage1", notification=CASE)
    assert case(TRIAGED, ANSWERED, other).responded == ("stage1",)


def test_a_refusal_is_an_answer_and_the_case_is_refused_once_it_has_left() -> None:
    issued = case(TRIAGED, REFUSAL)
    assert (issued.responded, issued.status) == (("stage1",), "open")
    lost = LetterNotSent(purpose="refusal", stage="stage1", notification=CASE)
    assert (case(TRIAGED, REFUSAL, lost).responded, case(TRIAGED, REFUSAL, lost).status) == ((), "open")
    refused = case(TRIAGED, REFUSAL, REFUSED)
    assert (refused.responded, refused.status) == (("stage1",), "refused")
    escalated = EscalationRequested(from_stage="stage1", stage="stage2", requested_on=DAY)
    assert case(TRIAGED, REFUSAL, escalated, REFUSED).status == "open"


def test_a_reopened_case_and_one_that_moved_to_another_regime_begin_unanswered() -> None:
    assert case(TRIAGED, ANSWERED, Reopened()).responded == ()
    again = TRIAGED.model_copy(update={"regime": "housing", "previous_regime": "corporate"})
    assert case(TRIAGED, ANSWERED, again).responded == ()


def test_the_last_contact_plan_counts() -> None:
    plans = (ContactPlanSet(safe_channels=()), ContactPlanSet(safe_channels=("email",)))
    assert case(*plans).safe_channels == ("email",)
    assert case().safe_channels is None


STREAMS = (
    stream(
        f"case-{CASE}",
        OPENED,
        TRIAGED,
        ContributionRequested(
            contribution=1, department_id=UNIT, department_name="Waste", question=SEALED, due_on=DAY
        ),
        ContributionReceived(contribution=1, department_id=UNIT, text=SEALED, received_on=DAY),
        ANSWERED,
        Reopened(),
        ContactPlanSet(safe_channels=("post",)),
    ),
    stream(f"clock-{CASE}", started(), PAUSED, RESUMED, MISSED, moved(7), started(2), MET),
)


@given(st.integers())
def test_the_order_between_streams_changes_nothing(seed: int) -> None:
    queues = [list(each) for each in STREAMS]
    dice = random.Random(seed)
    cases: Rows[CaseRow] = {}
    clock_rows: Rows[ClockRow] = {}
    while any(queues):
        following = dice.choice([queue for queue in queues if queue]).pop(0)
        evolve_case(cases, following)
        evolve_clocks(clock_rows, following)
    [row] = cases.values()
    assert (row.responded, row.parts_over, row.safe_channels) == ((), (1,), ("post",))
    assert {identity: each.state for identity, each in clock_rows.items()} == {
        (CLOCK, 1): "met",
        (CLOCK, 2): "running",
    }


def test_a_text_that_is_not_sealed_never_gets_into_a_view() -> None:
    with pytest.raises(TypeError):
        sealed(Plain("Ana", CASE))
