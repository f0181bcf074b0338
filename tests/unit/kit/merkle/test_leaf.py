"""A leaf covers every header but the batch signature, and the value; no two events share one."""

from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from shared.kit.merkle import leaf_of
from shared.kit.merkle.leaf import leaf_bytes

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
events = st.tuples(st.lists(st.tuples(texts, st.binary(max_size=6)), max_size=4), st.binary(max_size=12))


def test_the_bytes_of_a_leaf_never_change() -> None:
    """They are signed: another form of them would make every old proof worthless."""
    written = leaf_bytes([("ce_id", b"1"), ("é", b"")], b"{}")
    assert written == (
        b"redress-leaf-1"
        b"\0\0\0\x02"
        b"\0\0\0\x05ce_id\0\0\0\x011"
        b"\0\0\0\x02\xc3\xa9\0\0\0\0"
        b"\0\0\0\0\0\0\0\x02{}"
    )  # fmt: skip
    assert leaf_of([("ce_id", b"1"), ("é", b"")], b"{}") == hashlib.sha256(b"\0" + written).digest()


@given(events, events)
def test_two_events_have_the_same_bytes_only_if_they_are_the_same(
    one: tuple[list[tuple[str, bytes]], bytes], other: tuple[list[tuple[str, bytes]], bytes]
) -> None:
    assert (leaf_bytes(*one) == leaf_bytes(*other)) == (one == other)


def test_what_moves_between_parts_changes_the_leaf() -> None:
    leaves = {
        leaf_of([("a", b"bc")], b"d"),
        leaf_of([("ab", b"c")], b"d"),
        leaf_of([("a", b"b")], b"cd"),
        leaf_of([], b"abcd"),
        leaf_of([("a", b""), ("b", b"c")], b"d"),
        leaf_of([("b", b"c"), ("a", b"")], b"d"),
    }
    assert len(leaves) == 6
