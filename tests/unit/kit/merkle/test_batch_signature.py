"""A batch is signed once; each record carries its own proof, and a leaf knows nothing of it (decision 0022)."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.kit.merkle import (
    BATCH_SIGNATURE,
    Checkpoint,
    SigningKey,
    TreeHead,
    Unreadable,
    covered,
    leaf_of,
)
from shared.kit.merkle.hashing import EMPTY_ROOT
from shared.kit.merkle.tree import Tree
from tests.kit.batch_signature import (
    MOST_BYTES,
    MOST_RECORDS,
    TAG,
    BadSignature,
    BatchSignature,
    Headers,
    sign_batch,
    verify,
)

SOURCE = "/redress/tests"
KEY = SigningKey(SOURCE, bytes(range(32)))
NEXT = SigningKey(SOURCE, bytes(range(1, 33)))
TRUSTED = [NEXT.verify_key, KEY.verify_key]

Record = tuple[tuple[tuple[str, bytes], ...], bytes]
contents = st.binary(max_size=12)
records = st.tuples(st.text("abc_", min_size=1, max_size=5), contents, contents).map(
    lambda drawn: ((("ce_source", SOURCE.encode()), (drawn[0], drawn[1])), drawn[2])
)
batches = st.lists(records, min_size=1, max_size=40)
changes = st.integers(1, 255)


def signed(batch: Sequence[Record], key: SigningKey = KEY) -> list[Record]:
    """As the batch would lie on the log."""
    headers = sign_batch([leaf_of(*record) for record in batch], key)
    return [
        ((*record[0], (BATCH_SIGNATURE, header)), record[1])
        for record, header in zip(batch, headers, strict=True)
    ]


def changed(data: bytes, at: int, by: int) -> bytes:
    return data[:at] + bytes([data[at] ^ by]) + data[at + 1 :]


def with_signature(headers: Headers, *signatures: bytes) -> tuple[tuple[str, bytes], ...]:
    return (*covered(headers), *((BATCH_SIGNATURE, signature) for signature in signatures))


def signature_of(record: Record) -> bytes:
    return dict(record[0])[BATCH_SIGNATURE]


@given(batches)
def test_every_record_of_a_batch_verifies_by_itself(batch: list[Record]) -> None:
    for headers, value in signed(batch):
        verify(headers, value, TRUSTED)


@given(batches)
def test_paths_and_root_are_those_of_rfc_6962(batch: list[Record]) -> None:
    tree = Tree(leaf_of(*record) for record in batch)
    for index, record in enumerate(signed(batch)):
        found = BatchSignature.decode(signature_of(record))
        assert (found.index, found.size, found.path) == (index, tree.size, tree.inclusion(index))
        root = len(batch).to_bytes(4, "big") + tree.root()
        assert KEY.verify_key.is_signed(b"redress-batch-1" + root, found.signature)


@given(batches, st.data())
def test_a_changed_byte_of_value_or_header_does_not_verify(batch: list[Record], data: st.DataObject) -> None:
    headers, value = data.draw(st.sampled_from(signed(batch)))
    by = data.draw(changes)
    place = data.draw(st.integers(0, len(headers)), "header, or the value")
    content = value if place == len(headers) else headers[place][1]
    if not content:
        return
    content = changed(content, data.draw(st.integers(0, len(content) - 1)), by)
    if place == len(headers):
        value = content
    else:
        headers = (*headers[:place], (headers[place][0], content), *headers[place + 1 :])
    with pytest.raises(BadSignature):
        verify(headers, value, TRUSTED)


@pytest.mark.parametrize("size", [1, 2, 3, 5, 8, 11])
def test_every_byte_of_every_signature_counts(size: int) -> None:
    batch = [((("ce_source", SOURCE.encode()),), bytes([number])) for number in range(size)]
    for record in signed(batch):
        header = signature_of(record)
        for at in range(len(header)):
            with pytest.raises(BadSignature):
                verify(with_signature(record[0], changed(header, at, 1)), record[1], TRUSTED)


@given(batches, st.data())
def test_the_signature_of_another_record_is_not_its_own(batch: list[Record], data: st.DataObject) -> None:
    first, other = data.draw(st.lists(st.sampled_from(signed(batch)), min_size=2, max_size=2))
    if leaf_of(*first) == leaf_of(*other):
        return
    with pytest.raises(BadSignature):
        verify(with_signature(first[0], signature_of(other)), first[1], TRUSTED)


@given(batches, st.data())
def test_sent_again_in_another_batch_or_under_a_new_key_an_event_has_the_same_leaf(
    batch: list[Record], data: st.DataObject
) -> None:
    again = batch[data.draw(st.integers(0, len(batch) - 1)) :]
    for before, after in zip(signed(batch)[-len(again) :], signed(again, NEXT), strict=True):
        assert signature_of(before) != signature_of(after)
        assert leaf_of(*before) == leaf_of(*after) == leaf_of(covered(before[0]), before[1])
        verify(*after, TRUSTED)


@given(batches, st.integers(0, 3))
def test_where_the_header_stands_and_how_often_changes_no_leaf(batch: list[Record], place: int) -> None:
    """A reader that checks wants it once; a leaf doesn't know."""
    for headers, value in batch:
        with_it = (*headers[:place], (BATCH_SIGNATURE, b"\xff"), *headers[place:], (BATCH_SIGNATURE, b""))
        assert leaf_of(with_it, value) == leaf_of(headers, value)


def test_a_record_is_signed_once_and_by_a_key_of_its_source() -> None:
    ((headers, value),) = signed([((("ce_source", SOURCE.encode()),), b"{}")])
    header = signature_of((headers, value))
    stranger = SigningKey("/redress/other", KEY.secret)
    verify(headers, value, [KEY.verify_key])
    for wrong, trusted in (
        (covered(headers), TRUSTED),
        (with_signature(headers, header, header), TRUSTED),
        (headers, []),
        (headers, [NEXT.verify_key]),
        (headers, [stranger.verify_key]),
    ):
        with pytest.raises(BadSignature):
            verify(wrong, value, trusted)
    # Another service's key, as genuine as it is, signs nothing of this source.
    for theirs in signed([(tuple(covered(headers)), value)], stranger):
        with pytest.raises(BadSignature):
            verify(*theirs, [KEY.verify_key, stranger.verify_key])


@given(st.sampled_from([0, 1, 2]), st.integers(0, 9), st.integers(0, 9), st.binary(min_size=70, max_size=210))
def test_bytes_that_are_no_signature_are_refused_and_the_others_have_one_form(
    version: int, size: int, index: int, rest: bytes
) -> None:
    header = bytes([version]) + rest[:4] + size.to_bytes(4, "big") + index.to_bytes(4, "big") + rest[4:]
    with suppress(BadSignature):
        assert BatchSignature.decode(header).encode() == header
        assert version == 1


@given(st.binary(max_size=MOST_BYTES + 40))
def test_whatever_bytes_a_header_has_nothing_else_is_raised(header: bytes) -> None:
    with suppress(BadSignature):
        verify((("ce_source", SOURCE.encode()), (BATCH_SIGNATURE, header)), b"", TRUSTED)


@given(st.integers(1, MOST_RECORDS), st.data())
def test_a_signature_has_as_many_steps_as_its_place_needs_and_no_more_bytes_than_allowed(
    size: int, data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, size - 1))
    steps = {
        steps
        for steps in range(18)
        if _reads(BatchSignature(bytes(4), size, index, bytes(64), (bytes(32),) * steps).encode())
    }
    assert len(steps) == 1
    assert 77 + 32 * steps.pop() <= MOST_BYTES == 589


@pytest.mark.parametrize(("size", "index"), [(0, 0), (1, 1), (3, 3), (MOST_RECORDS + 1, 0)])
def test_a_record_that_is_none_of_its_batch_is_refused(size: int, index: int) -> None:
    assert not _reads(BatchSignature(bytes(4), size, index, bytes(64), ()).encode())


def test_a_batch_has_records_and_not_too_many() -> None:
    for leaves in ([], [bytes(32)] * (MOST_RECORDS + 1)):
        with pytest.raises(ValueError, match="A batch has"):
            sign_batch(leaves, KEY)


def test_what_is_signed_for_a_batch_is_no_checkpoint() -> None:
    """Whatever key signs either: after the tag stands a zero byte, which no origin of a checkpoint has."""
    assert MOST_RECORDS < 1 << 24
    nothing = TreeHead(0, EMPTY_ROOT)
    with pytest.raises(Unreadable):
        Checkpoint((TAG + bytes(1)).decode(), datetime(2026, 11, 25, tzinfo=UTC), (), nothing).body()


def _reads(header: bytes) -> bool:
    try:
        BatchSignature.decode(header)
    except BadSignature:
        return False
    return True
