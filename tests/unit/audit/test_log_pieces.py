"""Headers in a column, and the bits that say which leaves were seen."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.audit.application.verification.seen import Seen
from services.audit.views.log.headers import Headers, pack, unpack
from shared.kit.merkle.leaf import TAG, leaf_bytes

_headers = st.lists(st.tuples(st.text(max_size=9), st.binary(max_size=30)), max_size=6).map(tuple)


@given(_headers, st.binary(max_size=40))
def test_packed_headers_are_the_bytes_that_the_leaf_begins_with(headers: Headers, value: bytes) -> None:
    packed = pack(headers)
    assert unpack(packed) == headers
    assert leaf_bytes(headers, value) == TAG + packed + struct.pack(">Q", len(value)) + value


@given(_headers, st.data())
def test_headers_that_are_cut_short_or_go_on_too_long_are_refused(
    headers: Headers, data: st.DataObject
) -> None:
    packed = pack(headers)
    shorter = packed[: data.draw(st.integers(0, len(packed) - 1))]
    for wrong in (shorter, packed + b"\x00"):
        with pytest.raises(ValueError, match="The headers end too"):
            unpack(wrong)


@given(st.dictionaries(st.integers(0, 3), st.sets(st.integers(0, 40)), max_size=4))
def test_what_was_not_marked_is_missing(marked: dict[int, set[int]]) -> None:
    sizes = dict.fromkeys(range(4), 33)
    seen = Seen(sizes)
    for partition, indexes in marked.items():
        for index in indexes:
            assert seen.mark(partition, index)
            assert seen.mark(partition, index) == (index >= 33)
    expected = [
        (partition, index)
        for partition in range(4)
        for index in range(33)
        if index not in marked.get(partition, ())
    ]
    assert list(seen.missing()) == expected
