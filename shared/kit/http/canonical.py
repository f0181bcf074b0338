"""A body as it is compared with another one."""

from __future__ import annotations

import json

from shared.kit.http.limits import JsonOutOfBounds, load_bounded


def canonical(body: bytes) -> bytes:
    """JSON without its blanks and its order of names; anything else as it is."""
    try:
        value = load_bounded(body)
    except (JsonOutOfBounds, ValueError):
        return body
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()
