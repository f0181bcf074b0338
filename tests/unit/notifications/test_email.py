"""An e-mail is safe whatever stands in names, subjects, texts and addresses."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notifications.adapters.email import BadAddress, address, compose
from services.notifications.adapters.sender import Message
from services.notifications.domain.plain_text import LONGEST_SUBJECT, one_line

AT = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
HEADERS = {
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "X-Auto-Response-Suppress",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
}


def parsed(
    subject: str = "Subject", text: str = "Text", to: str = "ana@example.com", name: str = "Anytown"
) -> EmailMessage:
    message = Message(to=to, subject=subject, text=text, message_id="<CR-1.x@anytown.example>")
    raw = compose(message, name, "complaints@anytown.example", AT)
    found = message_from_bytes(raw, policy=default)
    assert isinstance(found, EmailMessage)
    return found


def content(email: EmailMessage) -> str:
    return str(email.get_content()).replace("\r\n", "\n")


def test_it_says_that_a_machine_wrote_it() -> None:
    email = parsed()
    assert email["Auto-Submitted"] == "auto-generated"
    assert email["X-Auto-Response-Suppress"] == "All"
    assert email["Message-ID"] == "<CR-1.x@anytown.example>"
    assert email["To"] == "ana@example.com"


@given(st.text(), st.text(), st.text())
def test_no_text_ever_becomes_a_header(subject: str, text: str, name: str) -> None:
    email = parsed(subject, text, name=name)
    assert set(email.keys()) == HEADERS
    assert not email.defects
    assert [to.addr_spec for to in email["To"].addresses] == ["ana@example.com"]
    assert [sender.addr_spec for sender in email["From"].addresses] == ["complaints@anytown.example"]
    assert len(email["Subject"]) <= LONGEST_SUBJECT


@pytest.mark.parametrize(
    "evil",
    [
        "Hello\r\nBcc: all@example.com",
        "Hello\nBcc: all@example.com",
        "Hello\u2028Bcc: all@example.com",
        "Hello\x00\x0bBcc: all@example.com",
        "=?utf-8?q?Hello=0D=0ABcc:_all@example.com?=",
    ],
)
def test_a_name_with_a_newline_makes_no_header(evil: str) -> None:
    email = parsed(subject=f"CR-1: {evil}", name=evil)
    assert set(email.keys()) == HEADERS
    assert "\n" not in email["Subject"]


def test_names_from_hell_arrive_as_they_are() -> None:
    name = 'Siân O\'Brien-Łukasz Zoë 王小明 👩‍👩‍👧 <script>, "Bob"; DROP TABLE'
    email = parsed(subject=f"CR-1: {name}", text=f"Dear {name}\n.\nA dot on its own line\nFrom the start")
    assert email["Subject"] == f"CR-1: {one_line(name)}"
    assert content(email) == f"Dear {name}\n.\nA dot on its own line\nFrom the start\n"


def test_a_long_subject_is_cut() -> None:
    cut = one_line("word " * 100)
    assert len(cut) <= LONGEST_SUBJECT
    assert cut.endswith("…")


def test_a_text_that_could_turn_the_line_round_is_shown_straight() -> None:
    assert one_line("Ana \u202egro.live") == "Ana gro.live"


def test_a_line_longer_than_mail_allows_is_folded_and_unfolded() -> None:
    long = "x" * 5000
    raw = compose(Message("ana@example.com", "s", long, "<a@b.example>"), "Anytown", "c@anytown.example", AT)
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    assert content(parsed(text=long)) == long + "\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ana@example.com", "ana@example.com"),
        (" ana@example.com ", "ana@example.com"),
        ("o'brien+council@sub.example.co.uk", "o'brien+council@sub.example.co.uk"),
        ("ana@bücher.example", "ana@xn--bcher-kva.example"),
    ],
)
def test_addresses_that_can_be_written_to(text: str, found: str) -> None:
    assert address(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ana",
        "ana@",
        "@example.com",
        "ana@localhost",
        "ana@example.com, bob@example.com",
        "ana@example.com\r\nRCPT TO:<bob@example.com>",
        "ana@example.com>\x00",
        "Ana <ana@example.com>",
        "ana bob@example.com",
        "zoë@example.com",
        "ana@exa mple.com",
        "ana@-.example..com",
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(BadAddress):
        address(text)


@given(st.text())
def test_whatever_is_taken_for_an_address_is_one(text: str) -> None:
    try:
        found = address(text)
    except BadAddress:
        return
    assert found.count("@") >= 1
    assert found.isprintable()
    assert parsed(to=text)["To"].addresses[0].addr_spec == found
