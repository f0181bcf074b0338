"""The second computation: every clock again, one day at a time, from a table typed out by hand.

It shares nothing with the product but the list of bank holidays, which it is given as two sets of days.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

NEXT = timedelta(days=1)

EW, UK, SCHOOL = "england and wales", "united kingdom", "sessions at a school"
ROLL, DAYS_ROLL, INCLUSIVE, AFTER, DAYS = "month roll", "days roll", "inclusive", "months after", "days after"

# regime, clock -> length, how, whether it can be paused. From the statutes and the two Codes.
RULES: dict[tuple[str, str], tuple[int, str, bool]] = {
    ("corporate", "acceptance_limit"): (12, AFTER, False),
    ("corporate", "stage1_acknowledge"): (5, EW, False),
    ("corporate", "stage1_backstop"): (15, EW, False),
    ("corporate", "stage1_respond"): (10, EW, False),
    ("corporate", "stage1_respond_extended"): (20, EW, False),
    ("corporate", "stage2_acknowledge"): (5, EW, False),
    ("corporate", "stage2_backstop"): (25, EW, False),
    ("corporate", "stage2_respond"): (20, EW, False),
    ("corporate", "stage2_respond_extended"): (40, EW, False),
    ("housing", "acceptance_limit"): (12, AFTER, False),
    ("housing", "ombudsman_referral_limit"): (12, AFTER, False),
    ("housing", "stage1_acknowledge"): (5, EW, False),
    ("housing", "stage1_backstop"): (15, EW, False),
    ("housing", "stage1_respond"): (10, EW, False),
    ("housing", "stage1_respond_extended"): (20, EW, False),
    ("housing", "stage2_acknowledge"): (5, EW, False),
    ("housing", "stage2_backstop"): (25, EW, False),
    ("housing", "stage2_respond"): (20, EW, False),
    ("housing", "stage2_respond_extended"): (40, EW, False),
    ("children", "acceptance_limit"): (12, AFTER, False),
    ("children", "resubmission_limit"): (12, AFTER, False),
    ("children", "stage1_respond"): (10, EW, False),
    ("children", "stage1_respond_extended"): (20, EW, False),
    ("children", "stage2_respond"): (25, EW, False),
    ("children", "stage2_extension_notice_latest"): (25, EW, False),
    ("children", "stage2_respond_extended"): (65, EW, False),
    ("children", "stage3_request_limit"): (20, EW, False),
    ("children", "stage3_acknowledge"): (2, EW, False),
    ("children", "stage3_panel_meets_by"): (30, EW, False),
    ("children", "panel_report"): (5, EW, False),
    ("children", "authority_response_to_panel"): (15, EW, False),
    ("adult-care", "acceptance_limit"): (12, AFTER, False),
    ("adult-care", "acknowledge"): (3, EW, False),
    ("adult-care", "respond"): (6, INCLUSIVE, False),
    ("public-health", "acceptance_limit"): (12, AFTER, False),
    ("public-health", "acknowledge"): (3, EW, False),
    ("public-health", "respond"): (6, INCLUSIVE, False),
    ("foi", "respond"): (20, UK, True),
    ("foi", "refusal_notice_latest"): (20, UK, True),
    ("foi", "respond_extended"): (40, UK, True),
    ("foi", "fees_notice_latest"): (20, UK, False),
    ("foi", "fee_payment_limit"): (3, INCLUSIVE, False),
    ("foi", "request_internal_review_limit"): (40, UK, False),
    ("foi", "internal_review"): (20, UK, False),
    ("foi", "internal_review_max"): (40, UK, False),
    ("foi-school", "respond"): (20, SCHOOL, True),
    ("foi-school", "respond_latest"): (60, UK, True),
    ("foi-school", "refusal_notice_latest"): (20, SCHOOL, True),
    ("foi-school", "fees_notice_latest"): (20, SCHOOL, False),
    ("foi-school", "fee_payment_limit"): (3, INCLUSIVE, False),
    ("foi-school", "request_internal_review_limit"): (40, UK, False),
    ("foi-school", "internal_review"): (20, UK, False),
    ("foi-school", "internal_review_max"): (40, UK, False),
    ("eir", "respond"): (20, UK, True),
    ("eir", "extension_notice_latest"): (20, UK, True),
    ("eir", "respond_extended"): (40, UK, True),
    ("eir", "charge_payment_limit"): (60, UK, False),
    ("eir", "request_reconsideration_limit"): (40, UK, False),
    ("eir", "reconsideration_response"): (40, UK, False),
    ("sar", "respond"): (1, ROLL, True),
    ("sar", "extension_notice_latest"): (1, ROLL, True),
    ("sar", "respond_extended"): (3, ROLL, True),
    ("dp-complaint", "acknowledge"): (30, DAYS_ROLL, False),
    ("councillor-enquiry", "respond"): (10, EW, False),
    ("lgsco", "referral_limit"): (12, INCLUSIVE, False),
    ("lgsco", "enquiry_response"): (20, EW, False),
    ("lgsco", "draft_decision_comments"): (10, EW, False),
    ("lgsco", "public_notice_advert"): (14, DAYS, False),
    ("lgsco", "public_report_notify_action"): (3, INCLUSIVE, False),
    ("lgsco", "confirmation_of_action"): (3, INCLUSIVE, False),
    ("housing-ombudsman", "enquiry_response"): (15, EW, False),
}

# School days end with the sixtieth working day, if that comes first.
WORKING_DAYS_AT_MOST = 60

# Received before this day: no such clock, or no such pause.
CLOCKS_SINCE = {("dp-complaint", "acknowledge"): date(2026, 6, 19)}
PAUSES_SINCE = {"sar": date(2026, 2, 5)}


class NoDate(Exception):
    """The law gives no date, or the list of days doesn't reach that far."""


@dataclass(frozen=True)
class Days:
    """The list of days: weekday holidays, and the first and last day that it is good for; the sessions of a school."""

    england_and_wales: frozenset[date]
    united_kingdom: frozenset[date]
    first: date
    last: date
    sessions: frozenset[date]
    terms_from: date
    terms_to: date

    def off(self, day: date, where: str) -> bool:
        if not self.first <= day <= self.last:
            raise NoDate(f"{day} isn't in the list")
        return day.strftime("%a") in {"Sat", "Sun"} or day in (
            self.united_kingdom if where == UK else self.england_and_wales
        )


def walk(regime: str, clock: str, base: date, pauses: Iterable[tuple[date, date]], days: Days) -> date:
    """The due date, walked to. Raises `NoDate`."""
    length, how, pausable = RULES[regime, clock]
    if base < CLOCKS_SINCE.get((regime, clock), date.min):
        raise NoDate("received before the duty was in force")
    spans = sorted(pauses)
    if spans and (not pausable or base < PAUSES_SINCE.get(regime, date.min)):
        raise NoDate("there is no pause")
    stopped: set[date] = set()
    for start, end in spans:
        if start < base or end < start:
            raise NoDate("not a pause of this clock")
        if start not in stopped and start > _count(base, length, how, stopped, days):
            raise NoDate("the clock had run out")
        day = start
        while day <= end:
            stopped.add(day)
            day += NEXT
    return _count(base, length, how, stopped, days)


def _count(base: date, length: int, how: str, stopped: set[date], days: Days) -> date:
    if how == SCHOOL:
        return _school_days(base, length, stopped, days)
    if how in {EW, UK}:
        return _working_days(base, length, how, stopped, days)
    if how in {DAYS, DAYS_ROLL}:
        end = base
        for _ in range(length):
            end += NEXT
        return end if how == DAYS else _on_from(end, days)
    end, exact = _same_day(base, length)
    if how == AFTER:
        return end
    if how == INCLUSIVE:
        return end - NEXT if exact else end
    for _ in stopped:
        end += NEXT
    return _on_from(end, days)


def _working_days(base: date, length: int, where: str, stopped: set[date], days: Days) -> date:
    counted, day = 0, base
    while counted < length:
        day += NEXT
        if not days.off(day, where) and day not in stopped:
            counted += 1
    return day


def _school_days(base: date, length: int, stopped: set[date], days: Days) -> date:
    counted, working, day = 0, 0, base
    while counted < length and working < WORKING_DAYS_AT_MOST:
        day += NEXT
        if days.off(day, UK) or day in stopped:
            continue
        if not days.terms_from <= day <= days.terms_to:
            raise NoDate(f"nobody knows whether there is a session on {day}")
        working += 1
        counted += day in days.sessions
    return day


def _on_from(day: date, days: Days) -> date:
    while days.off(day, EW):
        day += NEXT
    return day


def _same_day(base: date, months: int) -> tuple[date, bool]:
    """Past so many firsts of a month, then on to the day of the month; whether the month has that day."""
    day, firsts = base, 0
    while firsts < months:
        day += NEXT
        firsts += day.day == 1
    while day.day < base.day and (day + NEXT).day != 1:
        day += NEXT
    return day, day.day == base.day
