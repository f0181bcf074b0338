"""More time: how much, by when the customer has to know, and what has to be given."""

from __future__ import annotations

from datetime import date

import pytest

from shared.rules.calendar.days import Calendar
from shared.rules.regimes.arithmetic import Paused
from shared.rules.regimes.extending import check_extension, extended, extension_limits
from shared.rules.regimes.loading import Regimes
from shared.rules.regimes.refused import ClockRefused
from shared.rules.regimes.rules import Requirement
from shared.rules.regimes.working import Working

REASON = {Requirement.REASON}
CODE = {Requirement.REASON, Requirement.OMBUDSMAN_DETAILS}


@pytest.mark.parametrize(
    ("regime", "clock", "base", "ceiling", "notice"),
    [
        ("corporate", "stage1_respond", "2026-12-18", "2027-01-20", "2027-01-06"),
        ("housing", "stage2_respond", "2026-03-20", "2026-05-20", "2026-04-21"),
        ("children", "stage1_respond", "2026-12-14", "2027-01-14", "2026-12-30"),
        ("children", "stage2_respond", "2026-03-02", "2026-06-05", "2026-04-08"),
        ("foi", "respond", "2026-06-01", "2026-07-29", "2026-06-30"),
        ("foi", "internal_review", "2026-05-06", "2026-07-03", "2026-06-04"),
        ("eir", "respond", "2026-06-01", "2026-07-29", "2026-06-30"),
        ("sar", "respond", "2026-09-03", "2026-12-03", "2026-10-05"),
        ("adult-care", "respond", "2026-03-15", None, "2026-09-14"),
        ("public-health", "respond", "2026-08-27", None, "2027-02-26"),
        ("lgsco", "public_report_notify_action", "2026-11-30", None, "2027-02-28"),
    ],
)
def test_given_a_running_clock_when_its_limits_are_asked_then_ceiling_and_last_day_of_the_notice_come(
    regimes: Regimes,
    calendar: Calendar,
    *,
    regime: str,
    clock: str,
    base: str,
    ceiling: str | None,
    notice: str,
) -> None:
    limits = extension_limits(regimes[regime], clock, date.fromisoformat(base), [], calendar)
    found = limits.ceiling.due.isoformat() if limits.ceiling else None
    assert (found, limits.notice_latest.isoformat()) == (ceiling, notice)


def test_given_a_paused_month_when_its_limits_are_asked_then_the_pause_moves_all_three_dates(
    regimes: Regimes, calendar: Calendar
) -> None:
    pause = Paused(date(2026, 9, 8), date(2026, 9, 14))
    limits = extension_limits(regimes["sar"], "respond", date(2026, 9, 3), [pause], calendar)
    assert limits.ceiling
    assert (limits.current.due, limits.notice_latest, limits.ceiling.due) == (
        date(2026, 10, 12),
        date(2026, 10, 12),
        date(2026, 12, 10),
    )


@pytest.mark.parametrize(
    ("new_date", "today", "provided", "code"),
    [
        (date(2027, 1, 20), date(2027, 1, 6), REASON, "extension-incomplete"),
        (date(2027, 1, 6), date(2027, 1, 6), CODE, "extension-not-later"),
        (date(2027, 1, 21), date(2027, 1, 6), CODE, "extension-too-long"),
        (date(2027, 1, 20), date(2027, 1, 7), CODE, "extension-too-late"),
    ],
)
def test_given_a_proposal_outside_the_code_when_it_is_checked_then_it_is_refused_with_the_citation(
    regimes: Regimes,
    calendar: Calendar,
    *,
    new_date: date,
    today: date,
    provided: set[Requirement],
    code: str,
) -> None:
    limits = extension_limits(regimes["corporate"], "stage1_respond", date(2026, 12, 18), [], calendar)
    with pytest.raises(ClockRefused) as caught:
        check_extension(limits, new_date, today, provided, current_due=limits.current.due)
    assert (caught.value.code, caught.value.citation) == (code, "LGSCO Code 6.4, 6.5")


def test_given_a_notice_on_the_very_last_day_when_it_is_recorded_then_the_extension_holds_and_the_next_day_not(
    regimes: Regimes, calendar: Calendar
) -> None:
    regime = regimes["corporate"]
    limits = extension_limits(regime, "stage1_respond", date(2026, 12, 18), [], calendar)
    last, new_date = limits.notice_latest, date(2027, 1, 20)
    check_extension(limits, new_date, last, CODE, current_due=limits.current.due)
    working = extended(regime, limits, new_date, last, calendar)
    assert (working.due, working.arithmetic) == (new_date, "given")
    assert "Extended from Wednesday 6 January 2027 by LGSCO Code 6.4, 6.5" in "\n".join(working.lines())
    assert Working.from_dict(working.as_dict()) == working
    with pytest.raises(ClockRefused) as caught:
        extended(regime, limits, new_date, date(2027, 1, 7), calendar)
    assert caught.value.code == "extension-too-late"


@pytest.mark.parametrize(
    ("regime", "clock"),
    [
        ("dp-complaint", "acknowledge"),
        ("corporate", "stage1_acknowledge"),
        ("eir", "reconsideration_response"),
    ],
)
def test_given_a_clock_that_no_rule_extends_when_its_limits_are_asked_then_it_is_refused(
    regimes: Regimes, calendar: Calendar, regime: str, clock: str
) -> None:
    with pytest.raises(ClockRefused) as caught:
        extension_limits(regimes[regime], clock, date(2026, 7, 1), [], calendar)
    assert (caught.value.code, bool(caught.value.citation)) == ("no-extension", True)
