"""A case that nobody has acknowledged still owes an answer: the backstop stands until the answer's own clock starts."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

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
from tests.unit.deadlines.facts import CUSTOMER, closed, happened, received, reopened
from tests.unit.deadlines.telling import given, hear, run

RECEIVED = date(2026, 6, 1)
UNACKNOWLEDGED = received("corporate", RECEIVED)
"""A complaint of 1 June 2026 that nobody has acknowledged: that was due by 8 June, the answer is by 22 June."""
TIMER: dict[str, Any] = {"clock": "stage1_backstop", "occurrence": 1, "due_on": date(2026, 6, 22)}
MISSED = PassDue(**TIMER)
WEEKDAYS = Arming(load_calendar(), parse_office_hours("Mon-Fri 09:00-17:00"), load_regimes())


def standing(run: Run) -> tuple[date | None, bool, str | None]:
    """What became of a run: when it was met, whether late, why it was stopped."""
    return (run.met_on, run.late, run.stopped)


def of_backstop(events: tuple[Event, ...], kind: type[Any]) -> list[Any]:
    """The events of that kind that are about stage 1's backstop."""
    return [event for event in events if isinstance(event, kind) and event.clock == "stage1_backstop"]


def test_a_case_never_acknowledged_has_a_backstop_with_the_ladder_and_the_timer_of_an_answer() -> None:
    (started,) = of_backstop(given(*UNACKNOWLEDGED).past, ClockStarted)
    timers = armed(started, datetime(2026, 6, 1, 10, tzinfo=UTC), WEEKDAYS)
    reminders = [timer.at.date() for timer in timers if isinstance(timer.command, Remind)]
    assert reminders == [date(2026, 6, day) for day in (15, 18, 22, 23, 25)]
    assert [timer.at for timer in timers if isinstance(timer.command, PassDue)] == [
        datetime(2026, 6, 22, 23, tzinfo=UTC)
    ]


@pytest.mark.parametrize(
    ("day", "offset", "rung"), [(date(2026, 6, 18), -2, "officer"), (date(2026, 6, 23), 1, "head-of-service")]
)
def test_given_a_case_never_acknowledged_when_its_days_come_then_the_officer_and_then_the_head_hear_of_it(
    day: date, offset: int, rung: str
) -> None:
    (reminder,) = given(*UNACKNOWLEDGED, day).when(Remind(offset=offset, **TIMER)).events()
    assert isinstance(reminder, ReminderDue)
    assert reminder.rung == rung


def test_given_a_case_never_acknowledged_when_its_last_day_is_over_then_its_answer_is_missed() -> None:
    given(*UNACKNOWLEDGED, date(2026, 6, 23)).when(MISSED).then(Missed(**TIMER))


def test_given_a_backstop_when_the_acknowledgement_leaves_then_the_answers_own_clock_takes_its_place() -> (
    None
):
    case = given(*UNACKNOWLEDGED).when(hear(happened("stage1:acknowledged", date(2026, 6, 15))))
    assert of_backstop(case.events(), ClockStopped) == [
        ClockStopped(clock="stage1_backstop", occurrence=1, cause="superseded")
    ]
    assert run(case, "stage1_respond").due_on == date(2026, 6, 29)


def test_given_a_backstop_that_was_superseded_when_its_timers_go_off_then_nobody_is_chased() -> None:
    case = given(*UNACKNOWLEDGED, happened("stage1:acknowledged", date(2026, 6, 15)), date(2026, 6, 23))
    case.when(Remind(offset=-2, **TIMER)).refused("stopped")
    case.when(MISSED).refused("stopped")


def test_given_a_missed_backstop_when_it_is_acknowledged_then_the_miss_stays_on_record() -> None:
    case = given(*UNACKNOWLEDGED, date(2026, 6, 23), MISSED).when(
        hear(happened("stage1:acknowledged", date(2026, 6, 23)))
    )
    backstop = run(case, "stage1_backstop")
    assert (backstop.missed_on, backstop.stopped) == (date(2026, 6, 22), "superseded")
    assert run(case, "stage1_respond").due_on == date(2026, 7, 7)


def test_given_an_answer_without_an_acknowledgement_then_it_meets_both_and_no_answer_is_owed_any_more() -> (
    None
):
    case = given(*UNACKNOWLEDGED).when(hear(happened("stage1:responded", date(2026, 6, 12))))
    met = {event.clock: event.late for event in case.events() if isinstance(event, Met)}
    assert met == {"stage1_acknowledge": True, "stage1_backstop": False}
    assert not list(case.state().live())


def test_given_an_answer_in_time_that_is_recorded_late_then_the_missed_backstop_is_found_met() -> None:
    case = given(*UNACKNOWLEDGED, date(2026, 6, 23), MISSED).when(
        hear(happened("stage1:responded", date(2026, 6, 22)))
    )
    assert of_backstop(case.events(), FoundMet)


@pytest.mark.parametrize("before", [(), (closed(date(2026, 6, 20)),)], ids=["open", "closed"])
def test_given_an_answer_when_an_earlier_acknowledgement_is_recorded_then_the_answers_own_clock_judges_it(
    before: tuple[Any, ...],
) -> None:
    """In a closed case, too."""
    answered = given(*UNACKNOWLEDGED, *before, happened("stage1:responded", date(2026, 6, 19)))
    assert standing(run(answered, "stage1_backstop")) == (date(2026, 6, 19), False, None)
    case = answered.when(hear(happened("stage1:acknowledged", date(2026, 6, 2))))
    assert standing(run(case, "stage1_backstop")) == (None, False, "superseded")


def test_given_an_answer_before_its_late_recorded_acknowledgement_then_it_may_be_late_by_its_own_clock() -> (
    None
):
    case = given(*UNACKNOWLEDGED, happened("stage1:responded", date(2026, 6, 19))).when(
        hear(happened("stage1:acknowledged", date(2026, 6, 2)))
    )
    assert standing(run(case, "stage1_respond")) == (date(2026, 6, 19), True, None)


def test_given_an_answer_that_left_before_its_acknowledgement_then_it_met_the_backstop() -> None:
    case = given(*UNACKNOWLEDGED, happened("stage1:acknowledged", date(2026, 6, 12))).when(
        hear(happened("stage1:responded", date(2026, 6, 10)))
    )
    assert run(case, "stage1_backstop").met_on == date(2026, 6, 10)


def test_given_a_second_stage_that_nobody_acknowledges_then_its_answer_is_owed_25_working_days_from_the_request() -> (
    None
):
    case = given(
        *received("housing", RECEIVED), happened("stage1:responded", date(2026, 6, 12)), date(2026, 9, 1)
    ).when(hear(happened("stage2:escalation-requested", date(2026, 7, 1))))
    assert run(case, "stage2_backstop").due_on == date(2026, 8, 5)


def test_given_a_missed_backstop_of_the_second_stage_when_it_is_acknowledged_then_it_is_superseded() -> None:
    case = given(
        *received("housing", RECEIVED),
        happened("stage1:responded", date(2026, 6, 12)),
        happened("stage2:escalation-requested", date(2026, 7, 1)),
        date(2026, 9, 1),
        PassDue(clock="stage2_backstop", occurrence=1, due_on=date(2026, 8, 5)),
    ).when(hear(happened("stage2:acknowledged", date(2026, 9, 1))))
    assert run(case, "stage2_backstop").stopped == "superseded"


def test_given_an_acknowledged_case_when_it_is_closed_and_opened_again_then_no_backstop_comes_back() -> None:
    case = given(
        *UNACKNOWLEDGED, happened("stage1:acknowledged", date(2026, 6, 3)), closed(date(2026, 6, 4))
    ).when(hear(reopened(date(2026, 6, 5))))
    assert ("stage1_backstop", 2) not in case.state().runs
    assert run(case, "stage1_respond", 2).due_on == date(2026, 6, 17)


@pytest.mark.parametrize("regime", ["adult-care", "public-health"])
def test_given_a_regime_that_does_not_say_so_then_an_answer_is_no_acknowledgement_si_2009_309_reg_13(
    regime: str,
) -> None:
    case = given(*received(regime, RECEIVED)).when(hear(happened("single:responded", date(2026, 6, 3))))
    assert run(case, "respond").met_on == date(2026, 6, 3)
    assert run(case, "acknowledge").live


def test_given_a_backstop_that_was_superseded_when_somebody_asks_why_then_it_says_so() -> None:
    past = given(*UNACKNOWLEDGED, happened("stage1:acknowledged", date(2026, 6, 3))).past
    now = datetime(2026, 6, 3, 10, tzinfo=UTC)
    recorded = [
        (one.envelope, event) for one, event in zip(told("clock", CUSTOMER, *past, at=now), past, strict=True)
    ]
    (found,) = [found for found in why(recorded) if found.clock == "stage1_backstop"]
    assert found.lines[-1] == "2026-06-03  ended: the clock that it stood behind has started"
    assert not found.live
