"""A case's chain shows that no event of it was left out, added or moved."""

from __future__ import annotations

import hashlib
from uuid import UUID

from shared.kit.merkle import CaseHead, tree_of, verify_inclusion
from shared.kit.merkle.hashing import EMPTY_ROOT, leaf_hash

CASE = UUID(int=7)
EVENTS = [leaf_hash(bytes([number])) for number in range(4)]


def head_of(events: list[bytes], case: UUID = CASE) -> CaseHead:
    head = CaseHead(case)
    for leaf in events:
        head = head.then(leaf)
    return head


def test_leaving_out_adding_or_moving_an_event_changes_the_head() -> None:
    a, b, c, d = EVENTS
    heads = [
        head_of(events).leaf()
        for events in ([a, b, c, d], [a, b, c], [b, c, d], [a, c, b, d], [a, b, b, c, d])
    ]
    assert len(set(heads)) == 5


def test_the_same_events_of_another_case_have_another_leaf() -> None:
    assert head_of(EVENTS).leaf() != head_of(EVENTS, UUID(int=8)).leaf()


def test_the_bytes_of_a_head_never_change() -> None:
    chain = hashlib.sha256(b"\x02" + bytes(32) + EVENTS[0]).digest()
    written = b"redress-case-head-1" + CASE.bytes + bytes(7) + b"\x01" + chain
    assert head_of(EVENTS[:1]).leaf() == hashlib.sha256(b"\0" + written).digest()


def test_a_head_is_proved_in_the_tree_of_all_heads_ordered_by_case() -> None:
    heads = [head_of(EVENTS[:number], UUID(int=number)) for number in (3, 1, 2)]
    tree = tree_of(heads)
    assert tree.root() == tree_of(reversed(heads)).root()
    assert verify_inclusion(heads[0].leaf(), 2, 3, tree.inclusion(2), tree.root())
    assert tree_of([]).root() == EMPTY_ROOT
