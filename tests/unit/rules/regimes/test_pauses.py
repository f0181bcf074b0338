"""What a pause does in each regime, and where there is none."""

from __future__ import annotations

from datetime import date

import pytest

from shared.rules.calendar.days import Calendar
from shared.rules.regimes.arithmetic import Paused, merged
from shared.rules.regimes.due_date import due, refuse_open_pause
from shared.rules.regimes.loading import Regimes
from shared.rules.regimes.refused import ClockRefused

JUNE = date(2026, 6, 1)


def span(first: str, last: str) -> Paused:
    return Paused(date.fromisoformat(first), date.fromisoformat(last))


def refusal(
    regimes: Regimes, calendar: Calendar, key: str, base: date, *pauses: Paused, received: date | None = None
) -> ClockRefused:
    regime, clock = key.split("/")
    with pytest.raises(ClockRefused) as caught:
        due(regimes[regime], clock, base, pauses, calendar, received_on=received)
    return caught.value


def test_given_overlapping_spans_when_they_are_merged_then_no_day_counts_twice() -> None:
    spans = merged(
        [span("2026-06-10", "2026-06-16"), span("2026-06-03", "2026-06-11"), span("2026-06-05", "2026-06-06")]
    )
    assert spans == (span("2026-06-03", "2026-06-16"),)


def test_given_the_same_pause_twice_when_the_date_is_asked_then_it_counts_once(
    regimes: Regimes, calendar: Calendar
) -> None:
    pause = span("2026-09-08", "2026-09-14")
    once = due(regimes["sar"], "respond", date(2026, 9, 3), [pause], calendar)
    assert due(regimes["sar"], "respond", date(2026, 9, 3), [pause, pause], calendar) == once


def test_given_two_pauses_of_a_month_when_the_date_is_asked_then_their_days_are_added_before_the_roll(
    regimes: Regimes, calendar: Calendar
) -> None:
    pauses = [span("2026-09-08", "2026-09-09"), span("2026-09-21", "2026-09-25")]
    working = due(regimes["sar"], "respond", date(2026, 9, 3), pauses, calendar)
    assert (working.paused_days, working.unrolled, working.due) == (7, date(2026, 10, 10), date(2026, 10, 12))


def test_given_a_second_pause_after_the_unpaused_end_when_the_first_moved_it_then_it_counts(
    regimes: Regimes, calendar: Calendar
) -> None:
    pauses = [span("2026-06-12", "2026-06-16"), span("2026-07-02", "2026-07-03")]
    assert due(regimes["foi"], "respond", JUNE, pauses, calendar).due == date(2026, 7, 6)
    late = refusal(regimes, calendar, "foi/respond", JUNE, pauses[1])
    assert late.code == "pause-after-end"


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("corporate/stage1_respond", "LGSCO Code 6.4"),
        ("housing/stage2_respond", "Housing Ombudsman Code 6.4"),
        ("children/stage2_respond", "SI 2006/1738"),
        ("adult-care/respond", "SI 2009/309 reg 14(3)"),
        ("public-health/acknowledge", "SI 2012/3094 reg 29(3)"),
        ("dp-complaint/acknowledge", "s.164A"),
        ("lgsco/enquiry_response", "LGA 1974"),
        ("housing-ombudsman/enquiry_response", "Housing Ombudsman Scheme"),
        ("foi/fees_notice_latest", "FOIA s.10(2)"),
        ("foi/fee_payment_limit", "FOIA s.10(2)"),
        ("foi/internal_review", "FOIA s.10(2)"),
        ("eir/charge_payment_limit", "EIR reg 8"),
        ("eir/reconsideration_response", "EIR reg 8"),
    ],
)
def test_given_a_clock_without_a_pause_when_one_is_claimed_then_it_is_refused_with_the_citation(
    regimes: Regimes, calendar: Calendar, key: str, words: str
) -> None:
    refused = refusal(regimes, calendar, key, date(2026, 7, 1), span("2026-07-02", "2026-07-03"))
    assert refused.code == "no-pause"
    assert words in refused.citation


def test_given_a_request_received_before_the_stop_clock_when_a_pause_is_claimed_then_it_is_refused(
    regimes: Regimes, calendar: Calendar
) -> None:
    pause = span("2026-02-06", "2026-02-09")
    refused = refusal(regimes, calendar, "sar/respond", date(2026, 2, 4), pause)
    assert (refused.code, "SI 2026/82 reg 4" in refused.citation) == ("pause-not-in-force", True)
    assert due(regimes["sar"], "respond", date(2026, 2, 5), [pause], calendar).due == date(2026, 3, 9)


def test_given_identity_confirmed_later_when_the_pause_is_judged_then_the_day_of_receipt_counts(
    regimes: Regimes, calendar: Calendar
) -> None:
    refused = refusal(
        regimes,
        calendar,
        "sar/respond",
        date(2026, 2, 10),
        span("2026-02-11", "2026-02-12"),
        received=date(2026, 2, 4),
    )
    assert refused.code == "pause-not-in-force"


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        ("2026-05-29", "2026-06-03", "pause-before-base"),
        ("2026-06-05", "2026-06-04", "pause-reversed"),
        ("2026-07-01", "2026-07-02", "pause-after-end"),
        ("2026-06-12", "2026-09-12", "pause-lapsed"),
    ],
)
def test_given_a_pause_that_the_law_does_not_know_when_the_date_is_asked_then_it_is_refused(
    regimes: Regimes, calendar: Calendar, first: str, last: str, code: str
) -> None:
    assert refusal(regimes, calendar, "foi/respond", JUNE, span(first, last)).code == code


def test_given_a_fee_paid_on_the_last_day_when_the_date_is_asked_then_the_pause_counts(
    regimes: Regimes, calendar: Calendar
) -> None:
    base, notice, last = date(2026, 3, 2), date(2026, 3, 9), date(2026, 6, 8)
    assert due(regimes["foi"], "fee_payment_limit", notice, [], calendar).due == last
    assert due(regimes["foi"], "respond", base, [Paused(notice, last)], calendar).due == date(2026, 7, 1)
    refused = refusal(regimes, calendar, "foi/respond", base, Paused(notice, date(2026, 6, 9)))
    assert (refused.code, "s.9(2)" in refused.citation) == ("pause-lapsed", True)


def test_given_a_charge_paid_after_sixty_working_days_when_the_date_is_asked_then_the_request_has_lapsed(
    regimes: Regimes, calendar: Calendar
) -> None:
    base, notice, last = date(2026, 2, 2), date(2026, 2, 10), date(2026, 5, 11)
    assert due(regimes["eir"], "respond", base, [Paused(notice, last)], calendar).due == date(2026, 6, 2)
    refused = refusal(regimes, calendar, "eir/respond", base, Paused(notice, date(2026, 5, 12)))
    assert (refused.code, "EIR reg 8(5)" in refused.citation) == ("pause-lapsed", True)


def test_given_a_payment_limit_beyond_the_calendar_when_the_pause_ends_within_it_then_the_date_stands(
    regimes: Regimes, calendar: Calendar
) -> None:
    pause = span("2031-10-06", "2031-10-06")
    assert due(regimes["eir"], "respond", date(2031, 10, 1), [pause], calendar).due == date(2031, 10, 30)


def test_given_a_pause_that_has_not_ended_when_the_date_is_asked_then_there_is_none_yet(
    regimes: Regimes,
) -> None:
    with pytest.raises(ClockRefused) as caught:
        refuse_open_pause(regimes["foi"], "respond", JUNE)
    assert caught.value.code == "pause-open"
    with pytest.raises(ClockRefused) as caught:
        refuse_open_pause(regimes["corporate"], "stage1_respond", JUNE)
    assert caught.value.code == "no-pause"
