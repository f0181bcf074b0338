"""Leaves stand in the order of the log; a log that was made anew and events that were set aside are no faults."""

from __future__ import annotations

from dataclasses import dataclass

from services.audit.application.verification.copies import Kept
from services.audit.application.verification.leaf_order import LeafOrder


@dataclass(frozen=True)
class Lying:
    """A record where it lies on the log."""

    offset: int
    timestamp: int = 1000
    partition: int = 0
    key: bytes | None = None
    headers: tuple[tuple[str, bytes], ...] = ()
    value: bytes | None = None


def kept(leaf: int, offset: int, sent_at: int = 1000, *, was_set_aside: bool = False) -> Kept:
    """What audit keeps of an event: its leaf, and the record in which it met it."""
    return Kept(0, leaf, offset, sent_at, was_set_aside, b"")


def broken(*met: tuple[Kept, Lying]) -> list[int]:
    """The offsets whose leaves are called out of place."""
    order = LeafOrder()
    return [record.offset for copy, record in met if order.broken_by(copy, record)]


def test_leaves_in_the_order_of_the_log_are_in_place() -> None:
    assert broken(*((kept(n, n + 5), Lying(n + 5)) for n in range(4))) == []


def test_two_leaves_that_changed_places_are_told() -> None:
    assert broken((kept(0, 0), Lying(0)), (kept(2, 1), Lying(1)), (kept(1, 2), Lying(2))) == [2]


def test_two_records_that_changed_places_are_told() -> None:
    assert broken((kept(0, 0), Lying(0)), (kept(2, 2), Lying(1)), (kept(1, 1), Lying(2))) == [1, 2]


def test_a_log_made_anew_has_the_old_events_at_other_offsets_and_the_new_ones_in_place() -> None:
    old = [
        (kept(leaf, offset), Lying(at, 2000)) for at, (leaf, offset) in enumerate([(1, 8), (0, 7), (2, 9)])
    ]
    new = [(kept(3, 3, 2000), Lying(3, 2000)), (kept(4, 4, 2000), Lying(4, 2000))]
    assert broken(*old, *new) == []


def test_the_same_offset_on_a_log_made_anew_is_not_the_same_record() -> None:
    """Another relay may be the quicker one on the new log: events lie on it in another order than before."""
    assert (
        broken((kept(5, 0), Lying(0, 2000)), (kept(1, 1), Lying(1, 2000)), (kept(2, 2), Lying(2, 2000))) == []
    )


def test_an_event_that_a_relay_sent_ahead_on_a_log_made_anew_is_in_place() -> None:
    """It is met before the relay notices and begins from its first event."""
    met = (kept(3, 0, 2000), Lying(0, 2000)), (kept(0, 0), Lying(1, 2001)), (kept(4, 2, 2001), Lying(2, 2001))
    assert broken(*met) == []


def test_an_event_that_was_held_or_parked_has_a_later_leaf_by_right() -> None:
    late = kept(2, 0, was_set_aside=True)
    assert broken((late, Lying(0)), (kept(0, 1), Lying(1)), (kept(1, 2), Lying(2))) == []
