"""Tokens: a signature is checked once, an expiry every time; a token proves who, and never what."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import httpx
import jwt
import pytest
from fastapi import APIRouter, Depends

from shared.kit.http import (
    Principal,
    Problem,
    Proven,
    create_app,
    create_key_pair,
    person_token,
    proven,
    require,
    system_token,
)
from shared.kit.http.proven import read_token

OLU = UUID("00000000-0000-4000-8000-00000000000a")


@pytest.fixture
def keys(tmp_path: Path) -> tuple[bytes, str]:
    """A private and a public key."""
    create_key_pair(tmp_path / "private", tmp_path / "public")
    return (tmp_path / "private").read_bytes(), (tmp_path / "public").read_text("ascii")


def test_a_token_that_was_good_is_refused_after_its_expiry(
    keys: tuple[bytes, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    token = person_token(keys[0], OLU, timedelta(hours=1))
    assert read_token(token, keys[1]) == Proven(f"person:{OLU}")
    now = time.time()
    monkeypatch.setattr(proven, "time", SimpleNamespace(time=lambda: now + 3601))
    with pytest.raises(Problem, match="isn't valid"):
        read_token(token, keys[1])


def test_a_token_of_another_key_is_refused_also_when_asked_again(
    keys: tuple[bytes, str], tmp_path: Path
) -> None:
    create_key_pair(tmp_path / "other", tmp_path / "other.pub")
    token = person_token((tmp_path / "other").read_bytes(), OLU)
    for _ in range(2):
        with pytest.raises(Problem, match="isn't valid"):
            read_token(token, keys[1])


GOOD: dict[str, Any] = {"sub": f"person:{OLU}", "iss": "redress", "aud": "redress"}


@pytest.mark.parametrize(
    "change",
    [
        {"iss": "https://elsewhere.example"},
        {"iss": None},
        {"aud": "another"},
        {"sub": "service:intake"},
        {"sub": "person:olu"},
        {"sub": f"person:{str(OLU).upper()}"},
        {"sub": "system:"},
        {"sub": "system:c r m"},
        {"exp": None},
    ],
)
def test_a_token_names_a_person_or_a_system_for_us_and_by_us(
    keys: tuple[bytes, str], change: dict[str, Any]
) -> None:
    claims = {**GOOD, "exp": datetime.now(UTC) + timedelta(hours=1), **change}
    token = jwt.encode(
        {name: value for name, value in claims.items() if value is not None}, keys[0].decode(), "EdDSA"
    )
    with pytest.raises(Problem, match="isn't valid"):
        read_token(token, keys[1])


def test_what_a_token_says_of_a_persons_rights_is_not_believed(keys: tuple[bytes, str]) -> None:
    boasting = {"roles": ["supervisor"], "scope": "erase:write", "units": ["all"]}
    claims = {**GOOD, **boasting, "exp": datetime.now(UTC) + timedelta(hours=1)}
    token = jwt.encode(claims, keys[0].decode(), "EdDSA")
    assert read_token(token, keys[1]) == Proven(f"person:{OLU}")


class Facts:
    """Says of everybody what it is told to; whoever is to be refused gets one more chance."""

    def __init__(self, now: frozenset[str], surely: frozenset[str]) -> None:
        self.now, self.surely = now, surely

    async def find(self, who: Proven) -> Principal:
        return Principal(who.id, self.now)

    async def find_surely(self, who: Proven) -> Principal:
        return Principal(who.id, self.surely)


async def ask(keys: tuple[bytes, str], token: str, persons: Facts | None) -> tuple[int, str]:
    """The answer of a route that takes `notes:read`, and its problem's code."""
    routes = APIRouter()

    @routes.get("/notes", dependencies=[Depends(require("notes:read"))])
    async def notes() -> dict[str, str]:
        return {}

    app = create_app("notes", token_key=keys[1], persons=persons, routers=[routes])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://notes") as client:
        answer = await client.get("/notes", headers={"Authorization": f"Bearer {token}"})
    return answer.status_code, answer.json().get("code", "")


async def test_the_facts_say_what_a_person_may_do(keys: tuple[bytes, str]) -> None:
    token, reads, nothing = person_token(keys[0], OLU), frozenset({"notes:read"}), frozenset[str]()
    assert await ask(keys, token, Facts(reads, nothing)) == (200, "")
    assert await ask(keys, token, Facts(nothing, nothing)) == (403, "scope-missing")
    assert await ask(keys, token, None) == (403, "programs-only")


async def test_nobody_is_refused_before_everything_is_read(keys: tuple[bytes, str]) -> None:
    facts = Facts(frozenset(), frozenset({"notes:read"}))
    assert await ask(keys, person_token(keys[0], OLU), facts) == (200, "")


async def test_a_systems_scopes_stand_in_its_token(keys: tuple[bytes, str]) -> None:
    assert await ask(keys, system_token(keys[0], "crm", ["notes:read"]), None) == (200, "")
    assert await ask(keys, system_token(keys[0], "crm", ["notes:write"]), None) == (403, "scope-missing")
