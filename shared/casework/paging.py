"""Pages that stay right while new rows come in: a cursor says where the page before ended."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any, TypeVar

from shared.kit.http import Problem

A = TypeVar("A")
B = TypeVar("B")


def cursor(place: tuple[Any, ...] | None) -> str | None:
    """Where a page ended, as an opaque text; None after the last."""
    if place is None:
        return None
    parts = [part.isoformat() if hasattr(part, "isoformat") else str(part) for part in place]
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode()


def place(cursor: str | None, first: Callable[[str], A], second: Callable[[str], B]) -> tuple[A, B] | None:
    """Where the page before ended, its two parts each read by its own function; None for the first page.

    Raises:
        Problem: 400, it is no cursor of ours.
    """
    if cursor is None:
        return None
    try:
        one, other = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        return first(str(one)), second(str(other))
    except (ValueError, TypeError) as error:
        raise Problem(
            400, "bad-cursor", "This cursor isn't one of ours: take `next` of the page before."
        ) from error
