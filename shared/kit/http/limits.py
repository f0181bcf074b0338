"""What a request may weigh: a body over the limit is refused before it is read to its end."""

from __future__ import annotations

import json
from typing import Any, Final

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.kit.http.problems import Problem

MAX_BODY: Final = 1_000_000
"""Bytes of one request body."""
MAX_DEPTH: Final = 32
"""Levels of nesting of a JSON body."""
MAX_VALUES: Final = 20_000
"""Objects, lists and values in a JSON body."""


class BodyLimit:
    """ASGI middleware: answers 413 for a body over `limit` bytes, declared or streamed."""

    def __init__(self, app: ASGIApp, limit: int = MAX_BODY) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, counting its bytes."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        declared = dict(scope["headers"]).get(b"content-length", b"0")
        if declared.isdigit() and int(declared) > self._limit:
            await self._refuse(scope, receive, send)
            return
        body, more = b"", True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > self._limit:
                await self._refuse(scope, receive, send)
                return
        delivered = False

        async def replay() -> Message:
            nonlocal delivered
            if delivered:
                return await receive()
            delivered = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self._app(scope, replay, send)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        problem = Problem(
            413,
            "body-too-large",
            "The body is too large.",
            f"Send at most {self._limit:,} bytes; put attachments behind an address or send them apart.",
            headers={"Connection": "close"},
        )
        await problem.response(Request(scope))(scope, receive, send)


class JsonOutOfBounds(ValueError):
    """JSON that nests too deeply or holds too many values."""


def load_bounded(body: bytes) -> Any:
    """The JSON in `body`, if its nesting and size are within bounds. Duplicate keys and NaN are refused.

    Raises:
        JsonOutOfBounds: it nests too deeply or holds too many values.
        json.JSONDecodeError: it isn't JSON.
        UnicodeDecodeError: it isn't UTF-8.
    """
    text = body.decode("utf-8-sig")
    if text.count("[") + text.count("{") > MAX_VALUES:
        raise JsonOutOfBounds(f"more than {MAX_VALUES:,} objects and lists")
    try:
        value = json.loads(text, object_pairs_hook=_no_duplicates, parse_constant=_no_constant)
    except RecursionError as error:
        raise JsonOutOfBounds(f"more than {MAX_DEPTH} levels of nesting") from error
    _check_bounds(value)
    return value


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise JsonOutOfBounds(f"the name {name[:100]!r} stands twice in one object")
        found[name] = value
    return found


def _no_constant(name: str) -> None:
    raise JsonOutOfBounds(f"{name} isn't JSON")


def _check_bounds(value: Any) -> None:
    level, count = [value], 0
    for _ in range(MAX_DEPTH + 1):
        count += len(level)
        if count > MAX_VALUES:
            raise JsonOutOfBounds(f"more than {MAX_VALUES:,} values")
        level = [child for item in level for child in _children(item)]
        if not level:
            return
    raise JsonOutOfBounds(f"more than {MAX_DEPTH} levels of nesting")


def _children(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
