"""A text that PostgreSQL or UTF-8 can't hold is refused at every service's door, with its place."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict

from shared.kit.http import create_app

PROBLEM = "application/problem+json"


class Note(BaseModel):
    model_config = ConfigDict(extra="forbid")
    text: str
    parts: list[dict[str, str]] = []


routes = APIRouter()


@routes.post("/notes/{reference}")
async def note(reference: str, body: Note, stage: str = "") -> str:
    """Writes a note down."""
    return (reference + body.text + stage).encode().decode()


@routes.post("/bytes")
async def raw(request: Request) -> int:
    """Judges the bytes itself."""
    return len(await request.body())


async def post(path: str, body: bytes, media_type: str = "application/json") -> httpx.Response:
    transport = httpx.ASGITransport(create_app("notes", token_key="", routers=[routes]))
    async with httpx.AsyncClient(transport=transport, base_url="http://redress") as client:
        return await client.post(path, content=body, headers={"Content-Type": media_type})


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        (rb'{"text": "odd \ud800 end"}', "/body/text"),
        (rb'{"text": "odd \udc00\ud800 end"}', "/body/text"),
        (rb'{"text": "odd \u0000 end"}', "/body/text"),
        (b'{"text": "odd \xed\xa0\x80 end"}', "/body/text"),
        (rb'{"text": "a", "parts": [{}, {"a/b": "\u0000"}]}', "/body/parts/1/a~1b"),
        (rb'{"text": "a", "\ud800": "b"}', "/body"),
        (rb'{"text": "a", "parts": [{"\u0000": "b"}]}', "/body/parts/0"),
    ],
)
@pytest.mark.parametrize("media_type", ["application/json", "application/problem+json; charset=utf-8"])
async def test_half_a_character_or_a_nul_in_a_body_is_refused_with_a_pointer(
    body: bytes, pointer: str, media_type: str
) -> None:
    answer = await post("/notes/1", body, media_type)
    assert (answer.status_code, answer.headers["content-type"]) == (422, PROBLEM)
    found: dict[str, Any] = answer.json()
    assert (found["code"], found["pointer"]) == ("unwritable-text", pointer)


@pytest.mark.parametrize(
    ("path", "pointer"), [("/notes/a%00b", "/path/reference"), ("/notes/1?stage=%00", "/query/stage")]
)
async def test_a_nul_in_an_address_is_refused_with_a_pointer(path: str, pointer: str) -> None:
    answer = await post(path, b'{"text": "a"}')
    assert (answer.status_code, answer.json()["pointer"]) == (422, pointer)


async def test_whole_pairs_and_other_controls_are_let_through() -> None:
    answer = await post("/notes/1", rb'{"text": "\ud83d\ude00\u0001\n"}')
    assert (answer.status_code, answer.json()) == (200, "1\N{GRINNING FACE}\x01\n")


async def test_what_is_no_json_stays_a_400() -> None:
    assert (await post("/notes/1", b'{"text": ')).status_code == 400


async def test_a_route_that_reads_bytes_judges_them_itself() -> None:
    assert (await post("/bytes", rb'"\u0000"')).json() == len(rb'"\u0000"')
