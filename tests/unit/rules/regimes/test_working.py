"""The working of a date: it says why, and it survives being an event."""

from __future__ import annotations

import json
from datetime import date

import pytest

from shared.rules.calendar.days import Calendar
from shared.rules.regimes.arithmetic import Paused
from shared.rules.regimes.due_date import due
from shared.rules.regimes.loading import Regimes
from shared.rules.regimes.working import Working
from tests.unit.rules.regimes.conftest import SCHOOL
from tests.unit.rules.regimes.walker import RULES

BASE = date(2026, 7, 3)


@pytest.mark.parametrize("key", sorted(RULES), ids="/".join)
def test_given_any_working_when_it_went_through_json_then_it_is_the_same(
    regimes: Regimes, calendar: Calendar, key: tuple[str, str]
) -> None:
    regime, clock = key
    pauses = [Paused(date(2026, 7, 6), date(2026, 7, 9))] if RULES[key][2] else []
    working = due(regimes[regime], clock, BASE, pauses, calendar, school=SCHOOL)
    assert Working.from_dict(json.loads(json.dumps(working.as_dict()))) == working
    assert working.regime_version == regimes[regime].version
    counted = calendar.at(SCHOOL) if working.school else calendar
    assert working.calendar_version == counted.version
    assert working.lines()[-1].startswith("Due: ")
    assert any(working.citation in line for line in working.lines())


def test_given_a_paused_request_over_a_scottish_holiday_when_asked_why_then_every_skipped_day_is_named(
    regimes: Regimes, calendar: Calendar
) -> None:
    pause = Paused(date(2026, 6, 12), date(2026, 6, 16))
    text = "\n".join(due(regimes["foi"], "respond", date(2026, 6, 1), [pause], calendar).lines())
    for words in (
        "20 working days from Monday 1 June 2026",
        "FOIA s.10(1), s.10(6)",
        "Friday 12 June 2026 to Tuesday 16 June 2026, both included",
        "Monday 15 June 2026, Special bank holiday in Scotland (scotland)",
        "Working days that the pause takes out: 2.",
        "england-2026-11-21",
        "Due: Thursday 2 July 2026.",
    ):
        assert words in text


def test_given_a_month_that_ends_on_a_saturday_when_asked_why_then_the_roll_is_said(
    regimes: Regimes, calendar: Calendar
) -> None:
    text = "\n".join(due(regimes["sar"], "respond", date(2026, 9, 3), [], calendar).lines())
    assert "1 month from Thursday 3 September 2026" in text
    assert "The count ends on Saturday 3 October 2026, which is no working day; it moves on." in text


def test_given_a_limit_that_ends_on_a_sunday_when_asked_why_then_the_working_day_before_is_shown(
    regimes: Regimes, calendar: Calendar
) -> None:
    working = due(regimes["lgsco"], "public_report_notify_action", date(2026, 11, 30), [], calendar)
    assert (working.due, working.act_by) == (date(2027, 2, 28), date(2027, 2, 26))
    assert "Friday 26 February 2027" in "\n".join(working.lines())


def test_given_a_base_event_when_the_working_is_kept_then_it_names_it(
    regimes: Regimes, calendar: Calendar
) -> None:
    working = due(regimes["foi"], "respond", BASE, [], calendar, base_event="clarified")
    assert working.base_event == "clarified"
