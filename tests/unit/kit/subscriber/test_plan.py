"""Within a stream, every event is applied once and in order; a bad one stands aside with its case alone."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from shared.kit.log.subscriber.folding.plan import Known, Plan, plan
from shared.kit.log.subscriber.received import Item
from tests.unit.kit.subscriber.items import item, key_of

NOTHING = Known({}, {}, frozenset())


def applied(made: Plan) -> list[tuple[str, int]]:
    """Stream and version of what is folded, in order."""
    return [(each.envelope.stream.split("-")[0], each.envelope.version) for each in made.apply]


def test_the_next_version_is_applied_and_a_repeat_is_dropped() -> None:
    made = plan([item("a", 1), item("a", 1), item("a", 2), item("a", 1)], NOTHING, {})
    assert applied(made) == [("case", 1), ("case", 2)]
    assert made.repeats == 2


def test_what_comes_too_early_is_held_until_the_missing_one_comes() -> None:
    made = plan([item("a", 3), item("a", 2)], NOTHING, {})
    assert applied(made) == []
    assert sorted(version for _, version in made.hold) == [2, 3]
    held = {item("a", 2).received.envelope.stream: {2: item("a", 2), 3: item("a", 3)}}  # type: ignore[union-attr]
    made = plan([item("a", 1)], Known({}, held, frozenset()), {})
    assert applied(made) == [("case", 1), ("case", 2), ("case", 3)]
    assert [version for _, version in made.release] == [2, 3]


def test_what_was_held_is_folded_as_set_aside() -> None:
    made = plan([item("a", 2), item("a", 1), item("b", 1)], NOTHING, {})
    assert [(*place, each.was_set_aside) for place, each in zip(applied(made), made.apply, strict=True)] == [
        ("case", 1, False), ("case", 2, True), ("case", 1, False)
    ]  # fmt: skip


def test_a_gap_closed_within_the_batch_leaves_nothing_held() -> None:
    made = plan([item("a", 2), item("a", 1)], NOTHING, {})
    assert applied(made) == [("case", 1), ("case", 2)]
    assert made.hold == {}
    assert made.release == []


def test_an_unreadable_record_parks_its_case_and_later_ones_queue_in_order() -> None:
    batch = [item("a", 1, offset=0, broken=True), item("a", 2, offset=1), item("b", 1, offset=2)]
    made = plan(batch, NOTHING, {})
    assert [each.offset for each, _ in made.queue] == [0, 1]
    assert set(made.park) == {key_of("a")}
    assert applied(made) == [("case", 1)]


def test_what_a_fold_failed_on_is_parked_though_it_can_be_read() -> None:
    made = plan([item("a", 1, offset=7), item("a", 2, offset=8)], NOTHING, {(0, 7): "boom"})
    assert made.park == {key_of("a"): (0, "boom")}
    assert [each.offset for each, _ in made.queue] == [7, 8]
    assert made.versions == {}


def test_a_held_event_that_fails_once_released_is_queued_and_held_no_more() -> None:
    late = item("a", 2, offset=3)
    assert late.received is not None
    known = Known({}, {late.received.envelope.stream: {2: late}}, frozenset())
    made = plan([item("a", 1, offset=9)], known, {(0, 3): "boom"})
    assert applied(made) == [("case", 1)]
    assert [each.offset for each, _ in made.queue] == [3]
    assert [version for _, version in made.release] == [2]


def test_a_long_run_of_held_events_is_released_at_once() -> None:
    versions = range(2, 5002)
    held = {version: item("a", version) for version in versions}
    assert held[2].received is not None
    known = Known({}, {held[2].received.envelope.stream: held}, frozenset())
    assert len(plan([item("a", 1)], known, {}).apply) == 5001


SERVICES = ("case", "clock", "ombudsman")
CASES = ("a", "b")


@st.composite
def arrivals(draw: st.DrawFn) -> list[Item]:
    """Each stream's events in order of first occurrence, streams interleaved anyhow, with repeats in between."""
    left = {(case, service): 1 for case in CASES for service in SERVICES}
    ends = {stream: draw(st.integers(0, 5)) for stream in left}
    order: list[Item] = []
    while True:
        open_ones = sorted(stream for stream in left if left[stream] <= ends[stream])
        if not open_ones:
            return order
        case, service = draw(st.sampled_from(open_ones))
        order.append(item(case, left[case, service], service=service, offset=len(order)))
        left[case, service] += 1
        if draw(st.integers(0, 4)) == 0:
            case, service = draw(st.sampled_from(sorted(left)))
            if left[case, service] > 1:
                version = draw(st.integers(1, left[case, service] - 1))
                order.append(item(case, version, service=service, offset=len(order)))


def read_in_batches(order: Sequence[Item], cuts: Sequence[int]) -> dict[str, list[int]]:
    """What is applied of each stream when the log comes in batches of these sizes."""
    versions: dict[str, int] = {}
    held: dict[str, dict[int, Item]] = {}
    done: dict[str, list[int]] = {}
    rest, sizes = list(order), list(cuts) or [1]
    while rest:
        size = sizes[len(rest) % len(sizes)]
        batch, rest = rest[:size], rest[size:]
        made = plan(batch, Known(versions, held, frozenset[UUID]()), {})
        versions |= made.versions
        for stream, version in made.release:
            del held[stream][version]
        for (stream, version), each in made.hold.items():
            held.setdefault(stream, {})[version] = each
        for received in made.apply:
            done.setdefault(received.envelope.stream, []).append(received.envelope.version)
    assert not any(held.values())
    return done


@given(arrivals(), st.lists(st.integers(1, 7), max_size=3))
def test_any_interleaving_in_any_batches_applies_the_same(order: list[Item], cuts: list[int]) -> None:
    expected: dict[str, list[int]] = {}
    for each in order:
        assert each.received is not None
        stream = each.received.envelope.stream
        expected[stream] = list(
            range(1, max(expected.get(stream, [0])[-1], each.received.envelope.version) + 1)
        )
    assert read_in_batches(order, cuts) == expected


@given(st.permutations([item("a", version, offset=version) for version in range(1, 8)]), st.integers(1, 7))
def test_even_a_stream_in_disorder_is_applied_in_order(order: list[Item], size: int) -> None:
    (versions,) = read_in_batches(order, [size]).values()
    assert versions == list(range(1, 8))
