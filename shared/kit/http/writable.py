"""Texts that can't be written down: PostgreSQL takes no NUL, and UTF-8 has no halves of surrogate pairs.

JSON can say both (`\\u0000`, `\\ud800`). They are refused here, once for every service, before anything is decided.
"""

from __future__ import annotations

import re
from collections import deque
from typing import Any, Final

from fastapi import Request

from shared.kit.http.problems import Problem, pointer_to

_UNWRITABLE: Final = re.compile(r"[\x00\ud800-\udfff]")

Location = tuple[str | int, ...]


async def writable(request: Request) -> None:
    """A FastAPI dependency of every route: its path, its query and, if it takes JSON, its body.

    A route that reads the bytes itself, as that of the senders' contacts does, judges them itself.

    Raises:
        Problem: 422 with a pointer to the text.
    """
    for name, value in request.path_params.items():
        _check(value, ("path", name))
    for name, value in request.query_params.multi_items():
        _check({name: value}, ("query",))
    if getattr(request.scope.get("route"), "body_field", None) is not None and _is_json(request):
        _check(await request.json(), ("body",))  # FastAPI has read it: this is what the route will see


def _is_json(request: Request) -> bool:
    kind, _, subtype = (
        request.headers.get("content-type", "").partition(";")[0].strip().lower().partition("/")
    )
    return kind == "application" and (subtype == "json" or subtype.endswith("+json"))


def _check(value: Any, place: Location) -> None:
    at = _first_unwritable(value, place)
    if at is not None:
        raise Problem(
            422,
            "unwritable-text",
            "A text holds a character that can't be written down.",
            "Leave out NUL (\\u0000) and halves of characters (\\ud800 to \\udfff without their other half).",
            pointer=pointer_to(at),
        )


def _first_unwritable(value: Any, place: Location) -> Location | None:
    """Where it stands; a name that can't be written has its object's place. None: nowhere."""
    waiting: deque[tuple[Any, Location]] = deque([(value, place)])
    while waiting:
        found, at = waiting.popleft()
        if isinstance(found, str):
            if _UNWRITABLE.search(found):
                return at
        elif isinstance(found, dict):
            if any(map(_UNWRITABLE.search, found)):
                return at
            waiting.extend((member, (*at, name)) for name, member in found.items())
        elif isinstance(found, list):
            waiting.extend((item, (*at, index)) for index, item in enumerate(found))
    return None
