"""A timeline never shows less without saying so."""

from __future__ import annotations

from services.audit.application.timeline.completeness import Horizon, completeness
from tests.unit.audit.histories import CASE, History, without

INTAKE = f"intake-{CASE}"


def _history(events: int = 4) -> History:
    history = History()
    for number in range(events):
        history.tell("intake", {"number": number})
    history.tell("deadlines", {})
    return history


def test_what_is_complete_names_its_last_event() -> None:
    found = completeness(_history().rows(), Horizon())
    assert found.complete
    assert found.sentence() == "Complete to event 5"
    assert [(end.stream, end.complete_to) for end in found.streams] == [(f"deadlines-{CASE}", 1), (INTAKE, 4)]


def test_a_gap_in_a_stream_is_named() -> None:
    found = completeness(without(_history().rows(), INTAKE, 2), Horizon())
    assert not found.complete
    assert found.behind == 1
    assert found.streams[1].complete_to == 1
    assert found.streams[1].missing == (2,)
    assert found.sentence() == f"Behind by 1 event: {INTAKE} lacks event 2"


def test_events_missing_from_the_beginning_and_the_end_of_a_stream_are_counted() -> None:
    rows = without(without(_history().rows(), INTAKE, 4), INTAKE, 1)
    found = completeness(rows, Horizon())
    assert found.behind == 2
    assert not found.complete


def test_a_last_event_that_is_gone_while_a_later_one_of_the_case_is_there_is_missed() -> None:
    found = completeness(without(_history().rows(), INTAKE, 4), Horizon())
    assert found.sentence() == "Behind by 1 event: 1 event of the case is missing from audit's copy"


def test_what_is_on_its_way_is_counted() -> None:
    found = completeness(_history().rows(), Horizon(waiting=3, parked=2, held=1))
    assert found.behind == 6
    assert found.sentence().startswith("Behind by 6 events: 3 events not read yet")


def test_a_service_that_has_not_been_heard_of_is_a_doubt_and_no_number() -> None:
    found = completeness(_history().rows(), Horizon(doubts=("intake: no mark yet",)))
    assert not found.complete
    assert found.behind == 0
    assert found.sentence() == "Complete to event 5, and perhaps behind: intake: no mark yet"
