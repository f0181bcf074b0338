"""When the day of receipt is corrected, everything that counts from it moves by events (law: received is received)."""

from __future__ import annotations

from datetime import date

from services.deadlines.domain.clock.names import Fact
from services.deadlines.domain.clock.pass_due import PassDue
from services.deadlines.domain.clock.pause import Pause
from shared.contracts.deadlines import ClockResumed, DueDateMoved, FoundMet, Met
from shared.rules.regimes import load_regimes
from tests.unit.deadlines.telling import Story, case_under

FIRST_OF_JUNE = date(2026, 6, 1)


def corrected(case: Story, regime: str, day: date) -> tuple[object, ...]:
    """An officer found that it was received that day."""
    version = load_regimes().in_force(regime, day).version
    return case.hear(case.fact(Fact.CORRECTED, day, regime_version=version))


def test_a_request_that_lay_with_another_officer_since_1_june_is_due_20_working_days_from_then() -> None:
    case = case_under("foi", date(2026, 6, 8))
    assert case.due("respond") == date(2026, 7, 7)
    events = corrected(case, "foi", FIRST_OF_JUNE)
    (moved,) = [event for event in events if isinstance(event, DueDateMoved) and event.clock == "respond"]
    assert (moved.cause, moved.due_on) == ("rebased", date(2026, 6, 30))
    assert case.due("respond") == date(2026, 6, 30)


def test_an_answer_that_was_in_time_is_late_by_the_day_that_is_right() -> None:
    case = case_under("foi", date(2026, 6, 8))
    case.happened("request:responded", date(2026, 7, 2))
    assert not case.run("respond").late
    events = corrected(case, "foi", FIRST_OF_JUNE)
    assert case.run("respond").late
    assert any(isinstance(event, Met) and event.late for event in events)


def test_an_answer_that_was_missed_is_found_met_by_the_day_that_is_right() -> None:
    case = case_under("foi", FIRST_OF_JUNE, today=date(2026, 7, 2))
    case.tell(PassDue(clock="respond", occurrence=1, due_on=date(2026, 6, 30)))
    case.happened("request:responded", date(2026, 7, 2))
    assert case.run("respond").late
    events = corrected(case, "foi", date(2026, 6, 8))
    assert any(isinstance(event, FoundMet) for event in events)


def test_a_triage_after_the_correction_is_the_last_word_and_one_before_is_not() -> None:
    case = Story().opened(date(2026, 6, 8))
    corrected(case, "foi", FIRST_OF_JUNE)
    case.triaged("foi", FIRST_OF_JUNE)
    assert case.due("respond") == date(2026, 6, 30)
    corrected(case, "foi", date(2026, 6, 2))
    assert case.due("respond") == date(2026, 7, 1)


def test_a_correction_that_is_heard_before_the_triage_that_it_corrects_counts_as_well() -> None:
    case = Story().opened(date(2026, 6, 8))
    rules = load_regimes().in_force("foi", FIRST_OF_JUNE)
    triage = case.fact(
        Fact.TRIAGED, date(2026, 6, 8), regime="foi", regime_version=rules.version, stage=rules.stages[0].name
    )
    corrected(case, "foi", FIRST_OF_JUNE)
    case.hear(triage)
    assert case.due("respond") == date(2026, 6, 30)


def test_a_pause_that_the_law_did_not_have_yet_on_the_day_that_is_right_takes_no_days_out() -> None:
    """UK GDPR Art 12A(5), SI 2026/82 reg 4: for what is received on or after 5 February 2026 alone."""
    case = case_under("sar", date(2026, 2, 9), today=date(2026, 2, 20))
    case.tell(Pause(kind="clarification", on=date(2026, 2, 12), until=date(2026, 2, 16)))
    assert case.due("respond") == date(2026, 3, 16)
    corrected(case, "sar", date(2026, 1, 31))
    assert case.due("respond") == date(2026, 3, 2)


def test_such_a_pause_ends_where_it_lasts_and_the_clock_is_chased_again() -> None:
    case = case_under("sar", date(2026, 2, 9), today=date(2026, 2, 20))
    case.tell(Pause(kind="clarification", on=date(2026, 2, 12)))
    events = corrected(case, "sar", date(2026, 1, 31))
    assert any(isinstance(event, ClockResumed) for event in events)
    assert case.run("respond").paused_on is None
    case.today = date(2026, 3, 3)
    case.tell(PassDue(clock="respond", occurrence=1, due_on=case.due("respond")))
    assert case.run("respond").missed_on == case.due("respond")
