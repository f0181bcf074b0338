"""A record is opened, or it is said why it can't be: nothing but an unreadable key is ever raised."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.kit.log.subscriber.received import UnreadableKey, envelope_of, open_record
from shared.kit.merkle import BATCH_SIGNATURE
from tests.unit.kit.subscriber.items import envelope, item, key_of


@dataclass
class Written:
    """A record as Kafka's client hands it over."""

    key: bytes | None
    headers: tuple[tuple[str, bytes], ...]
    value: bytes | None
    partition: int = 3
    offset: int = 14
    timestamp: int = 1_795_326_843_068


def test_headers_are_read_as_they_were_written() -> None:
    made = envelope("a", "clock", 5)
    caused = replace(made, causation_id=key_of("b"))
    assert envelope_of(dict(made.headers())) == made
    assert envelope_of(dict(caused.headers())) == caused


@pytest.mark.parametrize("name", [BATCH_SIGNATURE, "somebody-elses"])
def test_a_header_that_is_no_part_of_the_envelope_is_kept_and_passed_over(name: str) -> None:
    headers = (*envelope("a", "case", 1).headers(), (name, b"\xff\x00 whatever"))
    opened = open_record(Written(str(key_of("a")).encode(), headers, b"{}"))
    assert opened.error is None
    assert opened.headers == headers


def test_another_cases_key_is_refused() -> None:
    headers = tuple(envelope("a", "case", 1).headers())
    opened = open_record(Written(str(key_of("b")).encode(), headers, b"{}"))
    assert opened.received is None
    assert opened.key == key_of("b")
    assert opened.error is not None


@pytest.mark.parametrize("key", [None, b"", b"not an id", b"\xff" * 36])
def test_a_key_that_names_nobody_is_unreadable(key: bytes | None) -> None:
    with pytest.raises(UnreadableKey, match="partition 3 offset 14"):
        open_record(Written(key, (), b"{}"))


@pytest.mark.parametrize("sequence", [b"0", b"-1", b"9223372036854775808", b"x", b""])
def test_a_sequence_that_can_be_none_is_refused(sequence: bytes) -> None:
    headers = {**dict(envelope("a", "case", 1).headers()), "ce_sequence": sequence}
    assert open_record(Written(str(key_of("a")).encode(), tuple(headers.items()), b"{}")).received is None


def test_an_error_does_not_repeat_what_stands_in_the_value() -> None:
    headers = {**dict(envelope("a", "case", 1).headers()), "ce_type": b"redress.intake.case-opened.v1"}
    opened = open_record(
        Written(str(key_of("a")).encode(), tuple(headers.items()), b'{"secret": "Mrs Example"}')
    )
    assert "Example" not in (opened.error or "")


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["ce_id", "ce_stream", "ce_sequence", "ce_time", "ce_type", "other"]),
            st.binary(max_size=20),
        )
    ),
    st.none() | st.binary(max_size=40),
)
def test_whatever_stands_in_headers_and_value_nothing_is_raised(
    headers: list[tuple[str, bytes]], value: bytes | None
) -> None:
    good = dict(envelope("a", "case", 1).headers())
    opened = open_record(Written(str(key_of("a")).encode(), tuple({**good, **dict(headers)}.items()), value))
    assert (opened.received is None) == (opened.error is not None)
    assert "\x00" not in (opened.error or "")


def test_a_good_record_keeps_its_bytes() -> None:
    opened = item("a", 1, offset=4)
    assert opened.received is not None
    assert opened.received.headers == tuple(envelope("a", "case", 1).headers())
    assert (opened.received.value, opened.received.offset) == (b"{}", 4)
