"""The order of a timeline follows from the events alone."""

from __future__ import annotations

import random
from datetime import timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.audit.application.timeline.completeness import Horizon, completeness
from services.audit.application.timeline.order import in_order
from tests.unit.audit.histories import START, History, Said, kept, names

SERVICES = ("intake", "deadlines", "notifications")


@st.composite
def _histories(draw: st.DrawFn) -> tuple[History, random.Random]:
    history = History()
    ids: list[UUID] = []
    for _ in range(draw(st.integers(0, 25))):
        because = draw(st.sampled_from([None, *ids]))
        # Clocks of two databases differ, and the same microsecond is met twice.
        recorded = START + timedelta(microseconds=draw(st.integers(0, 6)))
        service = draw(st.sampled_from(SERVICES))
        ids.append(history.tell(service, {"told": len(ids)}, recorded=recorded, because=because))
    return history, draw(st.randoms(use_true_random=False))


def _shuffled(said: list[Said], rng: random.Random) -> list[Said]:
    """Another arrival: each stream keeps its own order, between streams there is none."""
    streams: dict[str, list[Said]] = {}
    for each in said:
        streams.setdefault(each.envelope.stream, []).append(each)
    arrived = []
    while streams:
        stream = rng.choice(sorted(streams))
        arrived.append(streams[stream].pop(0))
        if not streams[stream]:
            del streams[stream]
    return arrived


@given(_histories())
def test_every_interleaving_of_the_streams_gives_the_same_timeline(
    drawn: tuple[History, random.Random],
) -> None:
    history, rng = drawn
    expected = in_order(history.rows())
    found = in_order(kept(_shuffled(history.said, rng)))
    assert names(found) == names(expected)
    assert completeness(found, Horizon()).streams == completeness(expected, Horizon()).streams


def test_an_event_waits_for_its_stream_also_where_its_cause_waits_for_the_same_event() -> None:
    history = History()
    notice = history.tell("notifications", {"told": 0}, recorded=START)
    history.tell("deadlines", {"told": 1}, recorded=START)
    letter = history.tell("intake", {"told": 2}, recorded=START, because=notice)
    history.tell("intake", {"told": 3}, recorded=START)
    sent = history.tell("notifications", {"told": 4}, recorded=START, because=letter)
    met = history.tell("deadlines", {"told": 5}, recorded=START, because=sent)
    shown = [row.envelope.event_id for row in in_order(history.rows())]
    assert [shown.index(each) for each in (notice, letter, sent, met)] == sorted(
        shown.index(each) for each in (notice, letter, sent, met)
    )


@given(_histories())
def test_a_stream_keeps_its_order_and_an_effect_never_stands_before_its_cause(
    drawn: tuple[History, random.Random],
) -> None:
    history, _ = drawn
    places = {row.envelope.event_id: place for place, row in enumerate(in_order(history.rows()))}
    assert len(places) == len(history.said)
    for said in history.said:
        envelope = said.envelope
        if envelope.causation_id is not None:
            assert places[envelope.causation_id] < places[envelope.event_id]
    for stream in {said.envelope.stream for said in history.said}:
        of_stream = [said.envelope.event_id for said in history.said if said.envelope.stream == stream]
        assert of_stream == sorted(of_stream, key=lambda event_id: places[event_id])


def test_two_events_of_the_same_microsecond_keep_the_order_of_their_stream() -> None:
    history = History()
    for number in range(12):
        history.tell("intake", {"number": number}, recorded=START)
    assert [version for _, version in names(in_order(reversed(history.rows())))] == list(range(1, 13))


def test_a_long_chain_of_causes_is_ordered() -> None:
    history = History()
    because = None
    for number in range(3000):
        service = SERVICES[number % 3]
        because = history.tell(service, {}, recorded=START - timedelta(seconds=number), because=because)
    assert names(in_order(history.rows())) == names(history.rows())


def test_causes_that_go_in_a_circle_end_the_search() -> None:
    history = History()
    first = history.tell("intake", {}, recorded=START)
    second = history.tell("deadlines", {}, recorded=START, because=first)
    forged = history.rows()
    history.said.clear()
    history.tell("intake", {}, recorded=START, because=second)
    assert len(in_order([history.rows()[0], forged[1]])) == 2
