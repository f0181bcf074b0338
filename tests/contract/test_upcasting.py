"""An older version, committed as it was written, becomes the newest before anyone else sees it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from shared.kit.events import Event, event, read_json
from shared.kit.events.registry import models, read, upcast

HISTORY = Path(__file__).parent / "history"


@event("redress.test.letter-posted.v3")
class LetterPosted(Event):
    """Since v2 the class of post stands on its own; since v3 the day is called what it is."""

    posted_on: str
    post: str


@upcast("redress.test.letter-posted.v1", to="redress.test.letter-posted.v2")
def _v1_to_v2(data: dict[str, Any]) -> dict[str, Any]:
    return {**data, "post": "second class" if data.get("cheap") else "first class"}


@upcast("redress.test.letter-posted.v2", to="redress.test.letter-posted.v3")
def _v2_to_v3(data: dict[str, Any]) -> dict[str, Any]:
    return {"posted_on": data["date"], "post": data["post"]}


@pytest.mark.parametrize("version", ["v1", "v2", "v3"])
def test_every_committed_version_is_read_as_the_newest(version: str) -> None:
    wire_name = f"redress.test.letter-posted.{version}"
    stored = (HISTORY / f"{wire_name}.json").read_bytes()
    expected = LetterPosted(posted_on="2026-03-02", post="second class")
    assert read_json(wire_name, stored) == expected
    assert read(wire_name, json.loads(stored)) == expected


def test_an_old_version_can_not_be_written_any_more() -> None:
    assert "redress.test.letter-posted.v1" not in models()
    with pytest.raises(ValueError, match="current or upcast already"):
        upcast("redress.test.letter-posted.v3", to="redress.test.letter-posted.v4")(dict)
