"""A case that nobody has acknowledged still owes an answer: the backstop stands until the answer's own clock starts."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from services.deadlines.domain.clock.arming import Arming, armed
from services.deadlines.domain.clock.pass_due import PassDue
from services.deadlines.domain.clock.remind import Remind
from services.deadlines.domain.clock.state import Run
from services.deadlines.domain.clock.why import why
from shared.contracts.deadlines import ClockStarted, ClockStopped, FoundMet, Met, Missed, ReminderDue
from shared.kit.events import Event
from shared.rules.calendar import load_calendar
from shared.rules.calendar.office_hours import parse_office_hours
from shared.rules.regimes import load_regimes
from tests.kit.heard import told
from tests.unit.deadlines.facts import CUSTOMER, closed, reopened
from tests.unit.deadlines.telling import Story, case_under

RECEIVED = date(2026, 6, 1)
WEEKDAYS = Arming(load_calendar(), parse_office_hours("Mon-Fri 09:00-17:00"), load_regimes())


def unacknowledged(today: date, regime: str = "corporate") -> Story:
    """A complaint of 1 June 2026 that nobody has acknowledged: that was due by 8 June, the answer is by 22 June."""
    return case_under(regime, RECEIVED, today=today)


def timer(case: Story, clock: str = "stage1_backstop") -> dict[str, Any]:
    """What a timer of that clock names."""
    return {"clock": clock, "occurrence": 1, "due_on": case.due(clock)}


def standing(run: Run) -> tuple[date | None, bool, str | None]:
    """What became of a run: when it was met, whether late, why it was stopped."""
    return (run.met_on, run.late, run.stopped)


def of_backstop(events: tuple[Event, ...], kind: type[Any]) -> list[Any]:
    """The events of that kind that are about stage 1's backstop."""
    return [event for event in events if isinstance(event, kind) and event.clock == "stage1_backstop"]


def test_given_a_case_never_acknowledged_then_its_backstop_has_the_ladder_and_the_timer_of_an_answer() -> (
    None
):
    case = unacknowledged(RECEIVED)
    (started,) = of_backstop(case.past, ClockStarted)
    timers = armed(started, datetime(2026, 6, 1, 10, tzinfo=UTC), WEEKDAYS)
    reminders = [timer.at.date() for timer in timers if isinstance(timer.command, Remind)]
    assert reminders == [date(2026, 6, day) for day in (15, 18, 22, 23, 25)]
    assert [timer.at for timer in timers if isinstance(timer.command, PassDue)] == [
        datetime(2026, 6, 22, 23, tzinfo=UTC)
    ]


def test_given_a_case_never_acknowledged_when_its_days_come_then_the_officer_and_then_the_head_hear_of_it() -> (
    None
):
    case = unacknowledged(date(2026, 6, 18))
    (to_officer,) = case.tell(Remind(offset=-2, **timer(case)))
    case.today = date(2026, 6, 23)
    (missed,) = case.tell(PassDue(**timer(case)))
    (to_head,) = case.tell(Remind(offset=1, **timer(case)))
    assert isinstance(to_officer, ReminderDue)
    assert isinstance(to_head, ReminderDue)
    assert (to_officer.rung, to_head.rung) == ("officer", "head-of-service")
    assert missed == Missed(clock="stage1_backstop", occurrence=1, due_on=date(2026, 6, 22))


def test_given_a_backstop_when_the_acknowledgement_leaves_then_the_answers_own_clock_takes_its_place() -> (
    None
):
    case = unacknowledged(date(2026, 6, 18))
    events = case.happened("stage1:acknowledged", date(2026, 6, 15))
    assert of_backstop(events, ClockStopped) == [
        ClockStopped(clock="stage1_backstop", occurrence=1, cause="superseded")
    ]
    assert case.due("stage1_respond") == date(2026, 6, 29)
    case.refused(Remind(offset=-2, **timer(case)), "stopped")
    case.today = date(2026, 6, 23)
    case.refused(PassDue(**timer(case)), "stopped")


def test_given_a_missed_backstop_when_it_is_acknowledged_then_the_miss_stays_on_record() -> None:
    case = unacknowledged(date(2026, 6, 23))
    case.tell(PassDue(**timer(case)))
    case.happened("stage1:acknowledged", date(2026, 6, 23))
    run = case.run("stage1_backstop")
    assert (run.missed_on, run.stopped) == (date(2026, 6, 22), "superseded")
    assert case.due("stage1_respond") == date(2026, 7, 7)


def test_given_an_answer_without_an_acknowledgement_then_it_meets_both_and_no_answer_is_owed_any_more() -> (
    None
):
    case = unacknowledged(date(2026, 6, 18))
    events = case.happened("stage1:responded", date(2026, 6, 12))
    met = {event.clock: event.late for event in events if isinstance(event, Met)}
    assert met == {"stage1_acknowledge": True, "stage1_backstop": False}
    assert not list(case.state.live())


def test_given_an_answer_in_time_that_is_recorded_late_then_the_missed_backstop_is_found_met() -> None:
    case = unacknowledged(date(2026, 6, 23))
    case.tell(PassDue(**timer(case)))
    assert of_backstop(case.happened("stage1:responded", date(2026, 6, 22)), FoundMet)


def test_given_an_answer_when_an_earlier_acknowledgement_is_recorded_then_the_answers_own_clock_judges_it() -> (
    None
):
    case = unacknowledged(date(2026, 6, 30))
    case.happened("stage1:responded", date(2026, 6, 19))
    assert standing(case.run("stage1_backstop")) == (date(2026, 6, 19), False, None)
    case.happened("stage1:acknowledged", date(2026, 6, 2))
    assert standing(case.run("stage1_backstop")) == (None, False, "superseded")
    assert standing(case.run("stage1_respond")) == (date(2026, 6, 19), True, None)


def test_given_a_closed_case_when_answer_and_acknowledgement_are_recorded_afterwards_then_it_is_the_same() -> (
    None
):
    case = unacknowledged(date(2026, 6, 30))
    case.hear(closed(date(2026, 6, 20)))
    case.happened("stage1:responded", date(2026, 6, 19))
    assert standing(case.run("stage1_backstop")) == (date(2026, 6, 19), False, None)
    case.happened("stage1:acknowledged", date(2026, 6, 2))
    assert standing(case.run("stage1_backstop")) == (None, False, "superseded")


def test_given_an_answer_that_left_before_its_acknowledgement_then_it_met_the_backstop() -> None:
    case = unacknowledged(date(2026, 6, 30))
    case.happened("stage1:acknowledged", date(2026, 6, 12))
    case.happened("stage1:responded", date(2026, 6, 10))
    assert case.run("stage1_backstop").met_on == date(2026, 6, 10)


def test_given_a_second_stage_that_nobody_acknowledges_then_its_answer_is_owed_25_working_days_from_the_request() -> (
    None
):
    case = unacknowledged(date(2026, 9, 1), "housing")
    case.happened("stage1:responded", date(2026, 6, 12))
    case.happened("stage2:escalation-requested", date(2026, 7, 1))
    assert case.due("stage2_backstop") == date(2026, 8, 5)
    assert case.tell(PassDue(**timer(case, "stage2_backstop")))
    case.happened("stage2:acknowledged", date(2026, 9, 1))
    assert case.run("stage2_backstop").stopped == "superseded"


def test_given_an_acknowledged_case_when_it_is_closed_and_opened_again_then_no_backstop_comes_back() -> None:
    case = unacknowledged(date(2026, 6, 30))
    case.happened("stage1:acknowledged", date(2026, 6, 3))
    case.hear(closed(date(2026, 6, 4)))
    case.hear(reopened(date(2026, 6, 5)))
    assert ("stage1_backstop", 2) not in case.state.runs
    assert case.due("stage1_respond", 2) == date(2026, 6, 17)


def test_given_a_regime_that_does_not_say_so_then_an_answer_is_no_acknowledgement_si_2009_309_reg_13() -> (
    None
):
    for regime in ("adult-care", "public-health"):
        case = unacknowledged(date(2026, 6, 30), regime)
        case.happened("single:responded", date(2026, 6, 3))
        assert case.run("respond").met_on == date(2026, 6, 3)
        assert case.run("acknowledge").live


def test_given_a_backstop_that_was_superseded_when_somebody_asks_why_then_it_says_so() -> None:
    case = unacknowledged(date(2026, 6, 30))
    case.happened("stage1:acknowledged", date(2026, 6, 3))
    now = datetime(2026, 6, 3, 10, tzinfo=UTC)
    recorded = [
        (one.envelope, event)
        for one, event in zip(told("clock", CUSTOMER, *case.past, at=now), case.past, strict=True)
    ]
    (found,) = [found for found in why(recorded) if found.clock == "stage1_backstop"]
    assert found.lines[-1] == "2026-06-03  ended: the clock that it stood behind has started"
    assert not found.live
