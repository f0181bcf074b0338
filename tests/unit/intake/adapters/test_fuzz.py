"""Whatever is sent: a sound contact or a helpful refusal, and no third thing."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from services.intake.adapters.adapter import Adapter, Unreadable
from services.intake.adapters.cleaning import one_line, plain_text
from tests.unit.intake.adapters.contacts import (
    ADAPTERS,
    Message,
    assert_helpful,
    assert_sound,
    good_json,
    markup_in,
)

QUICK = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)

_PIECES = (
    "< > </ <! <!-- --> <script> </script> <style> <b> </p> <br/> <x onclick=a> <3 &lt; &#60; &amp; &#0; &#xD800; & ; "
    "\0 \r\n \x85 \u2028 \u202e \u2066 \ufeff \ufffe \ud800 \udc00 😀 é ﷽ e\u0301 a@b.cc https://x.y 01632960001 "
    "2026-03-02 null % \\ \" ' = / ~ { [ 9999999999 1e999 -0"
)
PIECES = st.sampled_from(_PIECES.split(" "))
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=40), st.lists(PIECES, max_size=12).map("".join)
)
NUMBERS = st.one_of(st.integers(), st.floats(), st.sampled_from([10**400, -(10**4000), 1e308, -0.0]))
VALUES = st.recursive(
    st.one_of(
        st.none(), st.booleans(), NUMBERS, TEXTS, st.sampled_from(["", "2026-02-30", "v1", "text/plain"])
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXTS, inner, max_size=4)),
    max_leaves=12,
)
_HEADER_NAMES = (
    *("content-type", "ce-specversion", "ce-id", "ce-source", "ce-type", "ce-time", "ce-subject"),
    *("ce-dataschema", "messageid", "externalreference"),
)
_HEADER_VALUES = (
    *(
        "1.0",
        "%41",
        "%",
        "%C0%A0",
        "%00",
        '"a\\"',
        "application/json",
        "text/plain; charset=utf-16",
        "text/html",
    ),
    *("application/cloudevents+json", "application/vnd.redress.contact.v1+json; charset"),
)
HEADERS = st.dictionaries(
    st.sampled_from(_HEADER_NAMES),
    st.one_of(st.text(st.characters(max_codepoint=255), max_size=30), st.sampled_from(_HEADER_VALUES)),
    max_size=6,
)


def _try(adapter: Adapter, body: bytes, headers: dict[str, str]) -> Unreadable | None:
    try:
        contact = adapter.read(body, headers)
    except Unreadable as fault:
        assert_helpful(fault)
        return fault
    assert_sound(contact)
    return None


@pytest.mark.parametrize("adapter", ADAPTERS.values(), ids=ADAPTERS)
@given(
    body=st.one_of(st.binary(max_size=200), TEXTS.map(lambda text: text.encode("utf-8", "replace"))),
    headers=HEADERS,
)
@QUICK
def test_any_bytes(adapter: Adapter, body: bytes, headers: dict[str, str]) -> None:
    _try(adapter, body, headers)


@pytest.mark.parametrize("adapter", ADAPTERS.values(), ids=ADAPTERS)
@given(value=VALUES, headers=HEADERS)
@QUICK
def test_any_json(adapter: Adapter, value: Any, headers: dict[str, str]) -> None:
    _try(adapter, json.dumps(value).encode(), headers)


def _good(adapter: Adapter) -> list[Message]:
    return [message for message in good_json() if message.adapter is adapter]


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Every container with every key or index in it."""
    steps = list(value.items()) if isinstance(value, dict) else list(enumerate(value))
    inner = [pair for _, child in steps if isinstance(child, dict | list) for pair in _places(child)]
    return [(value, step) for step, _ in steps] + inner


@pytest.mark.parametrize("adapter", ADAPTERS.values(), ids=ADAPTERS)
@given(data=st.data())
@settings(QUICK, max_examples=100)
def test_any_change_of_a_good_message(adapter: Adapter, data: st.DataObject) -> None:
    message = data.draw(st.sampled_from(_good(adapter)), "message")
    document = json.loads(message.body.decode("utf-8-sig"))
    for _ in range(data.draw(st.integers(1, 3), "changes")):
        places = _places(document)
        if not places:
            break
        owner, step = data.draw(st.sampled_from(places), "place")
        match data.draw(st.sampled_from(("replace", "wrap", "drop", "add")), "change"):
            case "replace":
                owner[step] = data.draw(VALUES, "value")
            case "wrap":
                owner[step] = [copy.deepcopy(owner[step])]
            case "drop":
                del owner[step]
            case "add" if isinstance(owner, dict):
                owner[data.draw(TEXTS, "name")] = data.draw(VALUES, "value")
            case _:
                owner.append(data.draw(VALUES, "value"))
    headers = {**message.headers, **data.draw(HEADERS, "headers")}
    _try(message.adapter, json.dumps(document).encode(), headers)


SECRET = "Zsazsa Confidential"


@pytest.mark.parametrize("adapter", ADAPTERS.values(), ids=ADAPTERS)
@given(data=st.data())
@settings(QUICK, max_examples=100)
def test_a_refusal_never_quotes_what_somebody_wrote(adapter: Adapter, data: st.DataObject) -> None:
    message = data.draw(st.sampled_from(_good(adapter)), "message")
    document = json.loads(message.body.decode("utf-8-sig"))
    owner, step = data.draw(st.sampled_from(_places(document)), "place")
    secret = data.draw(
        st.sampled_from((SECRET, {SECRET: SECRET}, [SECRET], f"\ud800{SECRET}", SECRET * 20_000))
    )
    if isinstance(owner, dict) and data.draw(st.booleans(), "as a name"):
        owner[SECRET] = secret
    else:
        owner[step] = secret
    fault = _try(message.adapter, json.dumps(document).encode(), message.headers)
    if fault is not None:
        assert "Zsazsa" not in f"{fault.code} {fault.title} {fault.pointer} {fault.detail}"


@given(text=TEXTS)
@example("<<b>script>alert(1)<</b>/script>")
@example("&lt;img src=x onerror=alert(1)&gt;")
@example("<scr\0ipt>alert(1)</scr\0ipt>")
@example("<img src=x onerror=alert(1)")
@example("<script>a</script")
@example("&#60;&#x3c;b>")
@example("<https://<b>x>")
@settings(QUICK, max_examples=1_000)
def test_no_text_is_markup_once_it_is_cleaned(text: str) -> None:
    for cleaned in (plain_text(text), one_line(text)):
        assert markup_in(cleaned) == []
        cleaned.encode("utf-8")
        assert "\0" not in cleaned


@given(
    text=st.text(
        st.characters(exclude_characters="<&\ufeff", exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp"))
    )
)
@QUICK
def test_words_without_markup_are_left_alone(text: str) -> None:
    assert plain_text(text) == text.strip()
