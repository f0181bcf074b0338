"""Tokens: a signature is checked once, an expiry every time."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from fastapi.security import HTTPAuthorizationCredentials

from shared.kit.http import Principal, Problem, create_key_pair, person_token, principal


@pytest.fixture
def keys(tmp_path: Path) -> tuple[bytes, str]:
    """A private and a public key."""
    create_key_pair(tmp_path / "private", tmp_path / "public")
    return (tmp_path / "private").read_bytes(), (tmp_path / "public").read_text("ascii")


def read(token: str, public: str) -> Principal:
    """Whoever the token names."""
    return principal._read_token(HTTPAuthorizationCredentials(scheme="Bearer", credentials=token), public)


def test_a_token_that_was_good_is_refused_after_its_expiry(
    keys: tuple[bytes, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    token = person_token(keys[0], "Olu Officer", ["officer"], ["waste"], timedelta(hours=1))
    assert read(token, keys[1]).units == {"waste"}
    now = time.time()
    monkeypatch.setattr(principal, "time", SimpleNamespace(time=lambda: now + 3601))
    with pytest.raises(Problem, match="isn't valid"):
        read(token, keys[1])


def test_a_token_of_another_key_is_refused_also_when_asked_again(
    keys: tuple[bytes, str], tmp_path: Path
) -> None:
    create_key_pair(tmp_path / "other", tmp_path / "other.pub")
    token = person_token((tmp_path / "other").read_bytes(), "Olu Officer", ["supervisor"], [])
    for _ in range(2):
        with pytest.raises(Problem, match="isn't valid"):
            read(token, keys[1])


def test_two_tokens_of_one_person_keep_their_own_roles(keys: tuple[bytes, str]) -> None:
    for role in ("officer", "supervisor"):
        assert read(person_token(keys[0], "Olu Officer", [role], []), keys[1]).roles == {role}
