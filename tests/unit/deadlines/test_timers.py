"""Reminders, missed dates, and everything that makes a timer stale."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from services.deadlines.domain.clock import Clocks, TimerCommand
from services.deadlines.domain.clock.arming import Arming, Timer, armed
from services.deadlines.domain.clock.lapse import Lapse
from services.deadlines.domain.clock.names import CONTRIBUTION
from services.deadlines.domain.clock.pass_due import PassDue
from services.deadlines.domain.clock.pause import Pause
from services.deadlines.domain.clock.propose_extension import ProposeExtension
from services.deadlines.domain.clock.recalculate import Recalculate
from services.deadlines.domain.clock.remind import Remind
from services.deadlines.domain.clock.resume import Resume
from shared.contracts.deadlines import (
    ClockEvent,
    ClockStarted,
    DueDateMoved,
    ExtensionProposed,
    Missed,
    ReminderDue,
)
from shared.kit.decider import Command
from shared.rules.calendar import load_calendar
from shared.rules.calendar.office_hours import parse_office_hours
from shared.rules.regimes import load_regimes
from tests.unit.deadlines.facts import (
    HOUSING_DEPARTMENT,
    asked_for,
    closed,
    happened,
    opened,
    received,
    triaged,
)
from tests.unit.deadlines.telling import REASON, given, hear, known_calendar, run
from tests.unit.given_when_then import Given

WEEKDAYS = Arming(load_calendar(), parse_office_hours("Mon-Fri 09:00-17:00"), load_regimes())
ANY_TIME = replace(WEEKDAYS, hours=parse_office_hours("all"))
FIRST_OF_JUNE = date(2026, 6, 1)
COMPLAINT = (*received("corporate", FIRST_OF_JUNE), happened("stage1:acknowledged", date(2026, 6, 3)))
"""A corporate complaint, acknowledged on 3 June 2026: due on 17 June, rungs 10, 15, 17, 18 and 22 June."""
TIMER: dict[str, Any] = {"clock": "stage1_respond", "occurrence": 1, "due_on": date(2026, 6, 17)}
"""What a timer of its answer names."""
MORE_TIME = ProposeExtension(
    clock="stage1_respond", new_due_on=date(2026, 6, 30), reason=REASON, ombudsman_details=True
)
HISTORIC = (opened(FIRST_OF_JUNE, historic=True), triaged("corporate", FIRST_OF_JUNE))


def at(*moment: int) -> datetime:
    """An instant in UTC."""
    return datetime(*moment, tzinfo=UTC)  # type: ignore[arg-type,misc]


def started(case: Given[Command, Clocks, ClockEvent], clock: str = "stage1_respond") -> ClockStarted:
    """The event that started a clock."""
    return next(event for event in case.past if isinstance(event, ClockStarted) and event.clock == clock)


def when(timers: tuple[Timer, ...], command: type[TimerCommand]) -> list[datetime]:
    """The instants of the timers of one kind."""
    return [timer.at for timer in timers if isinstance(timer.command, command)]


def test_reminders_are_armed_for_the_opening_of_the_office_on_their_days() -> None:
    timers = armed(started(given(*COMPLAINT)), at(2026, 6, 3, 10), WEEKDAYS)
    assert when(timers, Remind) == [at(2026, 6, day, 8) for day in (10, 15, 17, 18, 22)]


def test_a_date_is_missed_when_its_london_day_is_over_summer_and_winter() -> None:
    summer = armed(started(given(*COMPLAINT)), at(2026, 6, 3, 10), WEEKDAYS)
    assert when(summer, PassDue) == [at(2026, 6, 17, 23)]
    winter = started(given(*received("foi", date(2026, 2, 2))), "respond")
    assert when(armed(winter, at(2026, 2, 2, 10), WEEKDAYS), PassDue) == [at(2026, 3, 3, 0)]


def test_a_due_date_on_the_day_the_clocks_go_back_ends_at_midnight_by_the_winter_clock() -> None:
    case = given(
        *received("corporate", date(2026, 10, 1)), asked_for(1, date(2026, 10, 20), date(2026, 10, 25))
    )
    timers = armed(started(case, CONTRIBUTION), at(2026, 10, 20, 10), WEEKDAYS)
    assert when(timers, PassDue) == [at(2026, 10, 26, 0)]


def test_a_ladder_that_starts_late_begins_with_the_highest_rung_passed() -> None:
    timers = armed(started(given(*COMPLAINT)), at(2026, 6, 16, 10), WEEKDAYS)
    assert [timer.command.offset for timer in timers if isinstance(timer.command, Remind)] == [-2, 0, 1, 3]
    assert when(timers, Remind)[0] == at(2026, 6, 16, 10)


def test_what_is_recorded_at_night_reminds_when_the_office_opens() -> None:
    event = started(given(*COMPLAINT))
    timers = armed(event, at(2026, 6, 19, 22), WEEKDAYS)
    assert when(timers, Remind)[0] == at(2026, 6, 22, 8)
    assert when(armed(event, at(2026, 6, 19, 22), ANY_TIME), Remind)[0] == at(2026, 6, 19, 22)


def test_a_limit_arms_no_timer() -> None:
    limit = started(given(*COMPLAINT), "stage1_respond_extended")
    assert armed(limit, at(2026, 6, 3, 10), WEEKDAYS) == ()


def test_a_historic_case_arms_no_timer() -> None:
    event = started(given(*HISTORIC), "stage1_acknowledge")
    assert event.historic
    assert armed(event, at(2026, 6, 3, 10), WEEKDAYS) == ()


def test_an_extension_of_a_historic_case_arms_no_timer() -> None:
    (proposed,) = (
        given(*HISTORIC, happened("stage1:acknowledged", date(2026, 6, 3)), date(2026, 6, 10))
        .when(MORE_TIME)
        .events()
    )
    assert isinstance(proposed, ExtensionProposed)
    assert armed(proposed, at(2026, 6, 10, 10), WEEKDAYS) == ()


def test_the_lapse_of_an_extension_comes_after_the_last_day_for_its_notice() -> None:
    (proposed,) = given(*COMPLAINT, date(2026, 6, 10)).when(MORE_TIME).events()
    assert isinstance(proposed, ExtensionProposed)
    assert when(armed(proposed, at(2026, 6, 10, 10), WEEKDAYS), Lapse) == [at(2026, 6, 17, 23)]


def test_a_rung_is_due_on_its_day_and_once() -> None:
    rung = Remind(offset=-2, **TIMER)
    given(*COMPLAINT, date(2026, 6, 15)).when(rung).then(
        ReminderDue(**TIMER, rung="officer", offset=-2, stage="stage1")
    )
    given(*COMPLAINT, date(2026, 6, 15), rung).when(rung).nothing()


def test_a_rung_whose_day_has_not_come_waits() -> None:
    given(*COMPLAINT, date(2026, 6, 14)).when(Remind(offset=-2, **TIMER)).refused("too-early")


def test_of_two_rungs_held_up_by_an_outage_only_the_higher_is_sent() -> None:
    case = given(*COMPLAINT, date(2026, 6, 18))
    case.when(Remind(offset=0, **TIMER)).refused("superseded")
    case.when(Remind(offset=1, **TIMER)).then(
        ReminderDue(**TIMER, rung="head-of-service", offset=1, stage="stage1")
    )


def test_the_ladder_stops_at_the_reply() -> None:
    answered = (*COMPLAINT, happened("stage1:responded", date(2026, 6, 12)))
    given(*answered, date(2026, 6, 15)).when(Remind(offset=-2, **TIMER)).refused("already-met")
    given(*answered, date(2026, 6, 18)).when(PassDue(**TIMER)).refused("already-met")


def test_nobody_is_chased_for_a_closed_case() -> None:
    case = given(*COMPLAINT, closed(date(2026, 6, 12)), date(2026, 6, 15))
    case.when(Remind(offset=-2, **TIMER)).refused("stopped")
    case.when(PassDue(**TIMER)).refused("stopped")


def test_nothing_fires_in_a_historic_case_even_where_a_timer_was_armed() -> None:
    timer: dict[str, Any] = {"clock": "stage1_acknowledge", "occurrence": 1, "due_on": date(2026, 6, 8)}
    case = given(*HISTORIC, date(2026, 6, 9))
    case.when(PassDue(**timer)).refused("historic")
    case.when(Remind(offset=0, **timer)).refused("historic")


def test_a_timer_of_a_date_that_has_moved_does_nothing() -> None:
    stale: dict[str, Any] = {"clock": "stage2_respond", "occurrence": 1, "due_on": date(2026, 4, 8)}
    case = given(
        *received("children", date(2026, 1, 5)),
        happened("stage2:escalation-requested", date(2026, 3, 2)),
        happened("stage2-start-date", date(2026, 3, 11)),
        date(2026, 4, 9),
    )
    case.when(PassDue(**stale)).refused("date-moved")
    case.when(Remind(offset=0, **stale)).refused("date-moved")


def test_a_missed_date_is_recorded_once() -> None:
    given(*COMPLAINT, date(2026, 6, 18)).when(PassDue(**TIMER)).then(Missed(**TIMER))
    given(*COMPLAINT, date(2026, 6, 18), PassDue(**TIMER)).when(PassDue(**TIMER)).nothing()


def test_a_missed_date_goes_on_being_reminded() -> None:
    given(*COMPLAINT, date(2026, 6, 18), PassDue(**TIMER), date(2026, 6, 22)).when(
        Remind(offset=3, **TIMER)
    ).then_kinds(ReminderDue)


def test_the_last_day_itself_is_not_missed() -> None:
    given(*COMPLAINT, date(2026, 6, 17)).when(PassDue(**TIMER)).refused("too-early")


def test_the_end_of_a_pause_arms_the_ladder_again_and_a_rung_that_fired_stays_fired() -> None:
    rung = Remind(clock="respond", occurrence=1, due_on=date(2026, 6, 30), offset=-10)
    pause = Pause(kind="fees-notice", on=date(2026, 6, 13), until=date(2026, 6, 14))
    reminded = (*received("foi", FIRST_OF_JUNE), date(2026, 6, 16), rung)
    events = given(*reminded).when(pause).events()
    (moved,) = [each for each in events if isinstance(each, DueDateMoved) and each.clock == "respond"]
    assert moved.previous_due_on == moved.due_on
    timers = armed(moved, at(2026, 6, 16, 10), WEEKDAYS)
    assert next(timer.command.offset for timer in timers if isinstance(timer.command, Remind)) == -10
    given(*reminded, pause).when(rung).nothing()


def test_a_reminder_of_a_contribution_names_its_department() -> None:
    case = given(*COMPLAINT, asked_for(1, date(2026, 6, 2), date(2026, 6, 9)), date(2026, 6, 9))
    (event,) = case.when(Remind(clock=CONTRIBUTION, occurrence=1, due_on=date(2026, 6, 9), offset=0)).events()
    assert isinstance(event, ReminderDue)
    assert event.department_id == HOUSING_DEPARTMENT


SECOND_OF_NOVEMBER = date(2026, 11, 2)
IN_SCOTLAND = known_calendar().with_day(date(2026, 11, 16), "scotland", "a proclamation")
IN_ENGLAND = known_calendar().with_day(date(2026, 6, 12), "england", "a proclamation")


def test_a_new_bank_holiday_moves_the_clocks_that_count_it() -> None:
    foi = received("foi", SECOND_OF_NOVEMBER)
    case = given(*foi, IN_SCOTLAND).when(Recalculate())
    assert {(event.clock, event.cause) for event in case.events() if isinstance(event, DueDateMoved)} == {
        ("respond", "recalculated"),
        ("refusal_notice_latest", "recalculated"),
        ("respond_extended", "recalculated"),
        ("fees_notice_latest", "recalculated"),
    }
    assert run(case).due_on == run(given(*foi)).due_on + timedelta(days=1)


def test_a_new_bank_holiday_moves_no_clock_twice_and_none_that_does_not_count_it() -> None:
    given(*received("foi", SECOND_OF_NOVEMBER), IN_SCOTLAND, Recalculate()).when(Recalculate()).nothing()
    given(*received("corporate", SECOND_OF_NOVEMBER), IN_SCOTLAND).when(Recalculate()).nothing()


def test_a_clock_worked_out_with_an_older_calendar_is_recalculated_when_it_is_next_looked_at() -> None:
    case = given(*COMPLAINT, date(2026, 6, 18), IN_ENGLAND).when(PassDue(**TIMER))
    moved = [event for event in case.events() if isinstance(event, DueDateMoved)]
    assert {event.cause for event in moved} == {"recalculated"}
    assert not any(isinstance(event, Missed) for event in case.events())
    assert run(case, "stage1_respond").due_on == date(2026, 6, 18)


def test_a_new_bank_holiday_leaves_the_date_of_a_met_clock() -> None:
    case = given(
        *COMPLAINT, happened("stage1:responded", date(2026, 6, 10)), date(2026, 6, 10), IN_ENGLAND
    ).when(Recalculate())
    assert all(isinstance(event, DueDateMoved) and event.clock != "stage1_respond" for event in case.events())
    assert run(case, "stage1_respond").due_on == date(2026, 6, 17)


def test_a_clock_paused_when_the_calendar_changes_has_the_new_day_in_its_date_after_the_pause() -> None:
    foi = received("foi", SECOND_OF_NOVEMBER)
    case = given(*foi, Pause(kind="fees-notice", on=date(2026, 11, 5)), IN_SCOTLAND).when(
        Resume(kind="fees-notice", on=date(2026, 11, 5))
    )
    assert run(case).due_on == run(given(*foi)).due_on + timedelta(days=2)


def test_a_contribution_that_is_heard_of_before_the_triage_starts_no_clock_under_no_regime() -> None:
    asked = asked_for(1, FIRST_OF_JUNE, date(2026, 6, 8))
    untriaged = given(opened(FIRST_OF_JUNE), asked)
    assert not untriaged.state().runs
    events = untriaged.when(hear(triaged("corporate", FIRST_OF_JUNE))).events()
    assert [
        (event.regime, event.due_on)
        for event in events
        if isinstance(event, ClockStarted) and event.clock == CONTRIBUTION
    ] == [("corporate", date(2026, 6, 8))]


def test_a_reminder_under_a_regime_that_this_release_lacks_is_no_refusal_and_parks() -> None:
    known = given(*received("foi", FIRST_OF_JUNE), FIRST_OF_JUNE)
    unheard_of = tuple(
        event.model_copy(update={"regime": "unheard-of"}) if getattr(event, "regime", "") == "foi" else event
        for event in known.past
    )
    reminder = Remind(clock="respond", occurrence=1, due_on=run(known).due_on, offset=0)
    with pytest.raises(LookupError, match="unheard-of"):
        replace(known, past=unheard_of).when(reminder).events()
