"""Pages that stay right while new rows come in: a cursor says where the page before ended."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

from shared.kit.http import Problem


def cursor(place: tuple[Any, ...] | None) -> str | None:
    """Where a page ended, as an opaque text; None after the last."""
    if place is None:
        return None
    parts = [part.isoformat() if hasattr(part, "isoformat") else str(part) for part in place]
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode()


def place(cursor: str | None, *read: Callable[[str], Any]) -> tuple[Any, ...] | None:
    """Where the page before ended, its parts each read by its own function; None for the first page.

    Raises:
        Problem: 400, it is no cursor of ours.
    """
    if cursor is None:
        return None
    try:
        parts = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        return tuple(one(str(part)) for one, part in zip(read, parts, strict=True))
    except (ValueError, TypeError) as error:
        raise Problem(
            400, "bad-cursor", "This cursor isn't one of ours: take `next` of the page before."
        ) from error
