"""Reminders, missed dates, and everything that makes a timer stale."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from services.deadlines.domain.clock import TimerCommand
from services.deadlines.domain.clock.arming import Arming, Timer, armed
from services.deadlines.domain.clock.lapse import Lapse
from services.deadlines.domain.clock.names import CONTRIBUTION
from services.deadlines.domain.clock.pass_due import PassDue
from services.deadlines.domain.clock.pause import Pause
from services.deadlines.domain.clock.propose_extension import ProposeExtension
from services.deadlines.domain.clock.recalculate import Recalculate
from services.deadlines.domain.clock.remind import Remind
from services.deadlines.domain.clock.resume import Resume
from shared.contracts.deadlines import ClockStarted, DueDateMoved, ExtensionProposed, Missed, ReminderDue
from shared.rules.calendar import load_calendar
from shared.rules.calendar.office_hours import parse_office_hours
from shared.rules.regimes import load_regimes
from tests.unit.deadlines.facts import HOUSING_DEPARTMENT, closed
from tests.unit.deadlines.telling import REASON, Story, case_under

WEEKDAYS = Arming(load_calendar(), parse_office_hours("Mon-Fri 09:00-17:00"), load_regimes())
ANY_TIME = replace(WEEKDAYS, hours=parse_office_hours("all"))


def corporate(today: date) -> Story:
    """A corporate complaint, acknowledged on 3 June 2026: due on 17 June, rungs 10, 15, 17, 18 and 22 June."""
    case = case_under("corporate", date(2026, 6, 1), today=today)
    case.happened("stage1:acknowledged", date(2026, 6, 3))
    return case


def due(case: Story, clock: str = "stage1_respond", occurrence: int = 1) -> dict[str, Any]:
    """What a timer of that clock names."""
    run = case.run(clock, occurrence)
    return {"clock": clock, "occurrence": occurrence, "due_on": run.due_on}


def at(*moment: int) -> datetime:
    """An instant in UTC."""
    return datetime(*moment, tzinfo=UTC)  # type: ignore[arg-type,misc]


def started(case: Story, clock: str) -> ClockStarted:
    """The event that started a clock."""
    return next(event for event in case.past if isinstance(event, ClockStarted) and event.clock == clock)


def when(timers: tuple[Timer, ...], command: type[TimerCommand]) -> list[datetime]:
    """The instants of the timers of one kind."""
    return [timer.at for timer in timers if isinstance(timer.command, command)]


def test_reminders_are_armed_for_the_opening_of_the_office_on_their_days() -> None:
    timers = armed(started(corporate(date(2026, 6, 3)), "stage1_respond"), at(2026, 6, 3, 10), WEEKDAYS)
    assert when(timers, Remind) == [at(2026, 6, day, 8) for day in (10, 15, 17, 18, 22)]


def test_a_date_is_missed_when_its_london_day_is_over_summer_and_winter() -> None:
    summer = armed(started(corporate(date(2026, 6, 3)), "stage1_respond"), at(2026, 6, 3, 10), WEEKDAYS)
    assert when(summer, PassDue) == [at(2026, 6, 17, 23)]
    winter = started(case_under("foi", date(2026, 2, 2)), "respond")
    assert when(armed(winter, at(2026, 2, 2, 10), WEEKDAYS), PassDue) == [at(2026, 3, 3, 0)]


def test_a_due_date_on_the_day_the_clocks_go_back_ends_at_midnight_by_the_winter_clock() -> None:
    case = case_under("corporate", date(2026, 10, 1))
    case.contribution(1, date(2026, 10, 20), date(2026, 10, 25))
    timers = armed(started(case, "contribution"), at(2026, 10, 20, 10), WEEKDAYS)
    assert when(timers, PassDue) == [at(2026, 10, 26, 0)]


def test_a_ladder_that_starts_late_begins_with_the_highest_rung_passed() -> None:
    event = started(corporate(date(2026, 6, 16)), "stage1_respond")
    timers = armed(event, at(2026, 6, 16, 10), WEEKDAYS)
    assert [timer.command.offset for timer in timers if isinstance(timer.command, Remind)] == [-2, 0, 1, 3]
    assert when(timers, Remind)[0] == at(2026, 6, 16, 10)


def test_what_is_recorded_at_night_reminds_when_the_office_opens() -> None:
    event = started(corporate(date(2026, 6, 19)), "stage1_respond")
    timers = armed(event, at(2026, 6, 19, 22), WEEKDAYS)
    assert when(timers, Remind)[0] == at(2026, 6, 22, 8)
    assert when(armed(event, at(2026, 6, 19, 22), ANY_TIME), Remind)[0] == at(2026, 6, 19, 22)


def test_limits_and_historic_cases_arm_no_timer() -> None:
    case = corporate(date(2026, 6, 3))
    assert armed(started(case, "stage1_respond_extended"), at(2026, 6, 3, 10), WEEKDAYS) == ()
    old = Story().opened(date(2026, 6, 1), historic=True).triaged("corporate", date(2026, 6, 1))
    assert started(old, "stage1_acknowledge").historic
    assert armed(started(old, "stage1_acknowledge"), at(2026, 6, 3, 10), WEEKDAYS) == ()
    old.today = date(2026, 6, 10)
    old.happened("stage1:acknowledged", date(2026, 6, 3))
    (proposed,) = old.tell(
        ProposeExtension(
            clock="stage1_respond", new_due_on=date(2026, 6, 30), reason=REASON, ombudsman_details=True
        )
    )
    assert isinstance(proposed, ExtensionProposed)
    assert armed(proposed, at(2026, 6, 10, 10), WEEKDAYS) == ()


def test_the_lapse_of_an_extension_comes_after_the_last_day_for_its_notice() -> None:
    case = corporate(date(2026, 6, 10))
    (proposed,) = case.tell(
        ProposeExtension(
            clock="stage1_respond", new_due_on=date(2026, 6, 30), reason=REASON, ombudsman_details=True
        )
    )
    assert isinstance(proposed, ExtensionProposed)
    assert when(armed(proposed, at(2026, 6, 10, 10), WEEKDAYS), Lapse) == [at(2026, 6, 17, 23)]


def test_a_rung_is_due_on_its_day_and_once() -> None:
    case = corporate(date(2026, 6, 15))
    (event,) = case.tell(Remind(offset=-2, **due(case)))
    assert isinstance(event, ReminderDue)
    assert (event.rung, event.offset, event.due_on, event.stage) == (
        "officer",
        -2,
        date(2026, 6, 17),
        "stage1",
    )
    assert case.tell(Remind(offset=-2, **due(case))) == ()


def test_a_rung_whose_day_has_not_come_waits() -> None:
    case = corporate(date(2026, 6, 14))
    case.refused(Remind(offset=-2, **due(case)), "too-early")


def test_of_two_rungs_held_up_by_an_outage_only_the_higher_is_sent() -> None:
    case = corporate(date(2026, 6, 18))
    case.refused(Remind(offset=0, **due(case)), "superseded")
    (event,) = case.tell(Remind(offset=1, **due(case)))
    assert isinstance(event, ReminderDue)
    assert event.rung == "head-of-service"


def test_the_ladder_stops_at_the_reply() -> None:
    case = corporate(date(2026, 6, 15))
    case.happened("stage1:responded", date(2026, 6, 12))
    case.refused(Remind(offset=-2, **due(case)), "already-met")
    case.today = date(2026, 6, 18)
    case.refused(PassDue(**due(case)), "already-met")


def test_nobody_is_chased_for_a_closed_case() -> None:
    case = corporate(date(2026, 6, 15))
    case.hear(closed(date(2026, 6, 12)))
    case.refused(Remind(offset=-2, **due(case)), "stopped")
    case.refused(PassDue(**due(case)), "stopped")


def test_nothing_fires_in_a_historic_case_even_where_a_timer_was_armed() -> None:
    old = Story(today=date(2026, 6, 9)).opened(date(2026, 6, 1), historic=True)
    old.triaged("corporate", date(2026, 6, 1))
    old.refused(PassDue(**due(old, "stage1_acknowledge")), "historic")
    old.refused(Remind(offset=0, **due(old, "stage1_acknowledge")), "historic")


def test_a_timer_of_a_date_that_has_moved_does_nothing() -> None:
    case = case_under("children", date(2026, 1, 5), today=date(2026, 4, 9))
    case.happened("stage2:escalation-requested", date(2026, 3, 2))
    stale = due(case, "stage2_respond")
    case.happened("stage2-start-date", date(2026, 3, 11))
    case.refused(PassDue(**stale), "date-moved")
    case.refused(Remind(offset=0, **stale), "date-moved")


def test_a_missed_date_is_recorded_once_and_goes_on_being_reminded() -> None:
    case = corporate(date(2026, 6, 18))
    (missed,) = case.tell(PassDue(**due(case)))
    assert missed == Missed(clock="stage1_respond", occurrence=1, due_on=date(2026, 6, 17))
    assert case.tell(PassDue(**due(case))) == ()
    case.today = date(2026, 6, 22)
    (reminder,) = case.tell(Remind(offset=3, **due(case)))
    assert isinstance(reminder, ReminderDue)


def test_the_last_day_itself_is_not_missed() -> None:
    case = corporate(date(2026, 6, 17))
    case.refused(PassDue(**due(case)), "too-early")


def test_the_end_of_a_pause_arms_the_ladder_again_and_a_rung_that_fired_stays_fired() -> None:
    case = case_under("foi", date(2026, 6, 1), today=date(2026, 6, 16))
    case.tell(Remind(offset=-10, **due(case, "respond")))
    events = case.tell(Pause(kind="fees-notice", on=date(2026, 6, 13), until=date(2026, 6, 14)))
    (moved,) = [e for e in events if isinstance(e, DueDateMoved) and e.clock == "respond"]
    assert moved.previous_due_on == moved.due_on
    timers = armed(moved, at(2026, 6, 16, 10), WEEKDAYS)
    assert next(timer.command.offset for timer in timers if isinstance(timer.command, Remind)) == -10
    assert case.tell(Remind(offset=-10, **due(case, "respond"))) == ()


def test_a_reminder_of_a_contribution_names_its_department() -> None:
    case = corporate(date(2026, 6, 9))
    case.contribution(1, date(2026, 6, 2), date(2026, 6, 9))
    (event,) = case.tell(Remind(offset=0, **due(case, "contribution")))
    assert isinstance(event, ReminderDue)
    assert event.department_id == HOUSING_DEPARTMENT


def test_a_new_bank_holiday_moves_the_clocks_that_count_it_and_no_others() -> None:
    foi = case_under("foi", date(2026, 11, 2), today=date(2026, 11, 10))
    complaint = case_under("corporate", date(2026, 11, 2), today=date(2026, 11, 10))
    before = foi.due("respond")
    for case in (foi, complaint):
        case.calendar = case.calendar.with_day(date(2026, 11, 16), "scotland", "a proclamation")
    moved = foi.tell(Recalculate())
    assert {(event.clock, event.cause) for event in moved if isinstance(event, DueDateMoved)} == {
        ("respond", "recalculated"),
        ("refusal_notice_latest", "recalculated"),
        ("respond_extended", "recalculated"),
        ("fees_notice_latest", "recalculated"),
    }
    assert foi.due("respond") == before + timedelta(days=1)
    assert foi.tell(Recalculate()) == ()
    assert complaint.tell(Recalculate()) == ()


def test_a_clock_worked_out_with_an_older_calendar_is_recalculated_when_it_is_next_looked_at() -> None:
    case = corporate(date(2026, 6, 18))
    stale = due(case)
    case.calendar = case.calendar.with_day(date(2026, 6, 12), "england", "a proclamation")
    events = case.tell(PassDue(**stale))
    moved = [event for event in events if isinstance(event, DueDateMoved)]
    assert {event.cause for event in moved} == {"recalculated"}
    assert not any(isinstance(event, Missed) for event in events)
    assert case.due("stage1_respond") == date(2026, 6, 18)


def test_a_new_bank_holiday_leaves_the_date_of_a_met_clock() -> None:
    case = corporate(date(2026, 6, 10))
    case.happened("stage1:responded", date(2026, 6, 10))
    case.calendar = case.calendar.with_day(date(2026, 6, 12), "england", "a proclamation")
    assert all(
        isinstance(event, DueDateMoved) and event.clock != "stage1_respond"
        for event in case.tell(Recalculate())
    )
    assert case.due("stage1_respond") == date(2026, 6, 17)


def test_a_clock_paused_when_the_calendar_changes_has_the_new_day_in_its_date_after_the_pause() -> None:
    case = case_under("foi", date(2026, 11, 2), today=date(2026, 11, 20))
    before = case.due("respond")
    case.tell(Pause(kind="fees-notice", on=date(2026, 11, 5)))
    case.calendar = case.calendar.with_day(date(2026, 11, 16), "scotland", "a proclamation")
    case.tell(Resume(kind="fees-notice", on=date(2026, 11, 5)))
    assert case.due("respond") == before + timedelta(days=2)


def test_a_contribution_that_is_heard_of_before_the_triage_starts_no_clock_under_no_regime() -> None:
    received = date(2026, 6, 1)
    case = Story(today=received).opened(received)
    assert not [
        event for event in case.contribution(1, received, date(2026, 6, 8)) if isinstance(event, ClockStarted)
    ]
    case.triaged("corporate", received)
    started = [
        event for event in case.past if isinstance(event, ClockStarted) and event.clock == CONTRIBUTION
    ]
    assert [(event.regime, event.due_on) for event in started] == [("corporate", date(2026, 6, 8))]


def test_a_reminder_under_a_regime_that_this_release_lacks_is_no_refusal_and_parks() -> None:
    received = date(2026, 6, 1)
    case = Story(today=received).opened(received).triaged("foi", received)
    case.past = tuple(
        event.model_copy(update={"regime": "unheard-of"}) if getattr(event, "regime", "") == "foi" else event
        for event in case.past
    )
    run = next(run for run in case.state.live() if run.clock == "respond")
    reminder = Remind(clock=run.clock, occurrence=run.occurrence, due_on=run.due_on, offset=0)
    with pytest.raises(LookupError, match="unheard-of"):
        case.rules.decide(reminder, case.state)
