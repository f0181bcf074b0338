"""What a text becomes before anybody reads it."""

from __future__ import annotations

import time

import pytest

from services.intake.adapters.cleaning import one_line, plain_text


@pytest.mark.parametrize(
    "text",
    [
        "a < b",
        "a<b and c",
        "I <3 my street",
        "3 > 2 && 1 <= 2",
        "! ? @ < > / #",
        "<- see above",
        "AT&T, R&D; fish & chips",
        "https://example.org/?a=1&copy=2&reg=3",
        "&copyright; &nosuch;",
        "Zażółć gęślą jaźń 😀 👨‍👩‍👧 🏴󠁧󠁢󠁷󠁬󠁳󠁿",
        "شكوى عن القمامة",
        "one\n\n\n\ntwo\tthree  four",
    ],
)
def test_plain_text_survives_as_it_is(text: str) -> None:
    expected = text.replace("a<b", "a< b")
    assert plain_text(text) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("one<br>two<BR/>three<br />four", "one\ntwo\nthree\nfour"),
        ("<ul><li>one</li><li>two</li></ul>", "- one\n- two"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a  b"),
        ("<b>bold</b> <i>and</i> <a href='https://evil.example.org'>more</a>", "bold and more"),
        ("Test<script>console.log('x')</script>script", "Testscript"),
        ("a<SCRIPT type=x>if (a < b) { y }</Script >b", "ab"),
        ("a<style>p { color: red }</style>b", "ab"),
        ("a<!-- hidden <b>words</b> -->b", "ab"),
        ("<!DOCTYPE html><html><body>hello</body></html>", "hello"),
        ("&eacute;t&eacute; &#233; &#xE9; &amp; &lt;b&gt;", "été é é & < b>"),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
        ("<o:p></o:p>from a word processor", "from a word processor"),
    ],
)
def test_markup_becomes_lines_and_words(text: str, words: str) -> None:
    assert plain_text(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "write to <ada@example.org> or <https://example.org/a?b=1>",
            "write to ada@example.org or https://example.org/a?b=1",
        ),
        ("fill in <your name here> please", "fill in < your name here> please"),
        ("if x <y and z> w", "if x < y and z> w"),
        ("<x onclick=alert(1)>press", "< x onclick=alert(1)>press"),
        ("<script>never closed", "never closed"),
        ("<style>never closed", "never closed"),
        ("<!-- never closed", "< !-- never closed"),
        ("an <img src=x onerror=alert(1)", "an < img src=x onerror=alert(1)"),
        ("<<b>script>alert(1)", "< script>alert(1)"),
    ],
)
def test_what_only_looks_like_markup_keeps_its_words_and_can_do_nothing(text: str, words: str) -> None:
    assert plain_text(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a\0b\x07c\x1b[31md\x9be", "abc[31mde"),
        (
            "one\r\ntwo\rthree\x85four\u2028five\u2029six\vseven\feight",
            "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight",
        ),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("a\u2066b\u2069c\u202ad\u202c", "abcd"),
        ("\ufeffa\ufeffb", "ab"),
        ("half \ud83d a face", "half \ufffd a face"),
        ("&#0;&#1;a&#x202e;b&#xD800;", "\ufffdab\ufffd"),
    ],
)
def test_controls_and_tricks_of_direction_go(text: str, words: str) -> None:
    assert plain_text(text) == words


def test_a_direction_mark_that_hebrew_and_arabic_need_stays() -> None:
    assert plain_text("\u05d0\u200f 12\u200e") == "\u05d0\u200f 12\u200e"


def test_a_name_is_one_line() -> None:
    assert one_line("  <b>Ada</b>\r\n\tExample ") == "Ada Example"


@pytest.mark.parametrize(
    "unit",
    [
        "<",
        "<!--",
        "<a",
        '<a b="',
        "</a",
        "<script>",
        "<script></scr",
        "<style></style",
        '<a <a "',
        "&",
        "&#1",
        "\t ",
        "--><!--",
    ],
)
def test_cleaning_takes_time_in_proportion_to_the_text(unit: str) -> None:
    def cost(length: int) -> float:
        text = unit * (length // len(unit))
        best = min(_timed(text) for _ in range(3))
        return max(best, 1e-4)

    assert cost(400_000) < 40 * cost(40_000) + 0.5, "a text ten times as long takes about ten times as long"


def _timed(text: str) -> float:
    start = time.thread_time()
    plain_text(text)
    return time.thread_time() - start
