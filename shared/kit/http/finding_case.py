"""A reference that a service can't find: there is no such case, or it hasn't heard of it yet (design, section 3)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TypeVar

from shared.kit.http.problems import Problem

C = TypeVar("C")
Heard = Callable[[datetime], Awaitable[bool]]
"""Waits a little until everything that any service had recorded by then is read; False where it isn't."""


async def find_case(reference: str, find: Callable[[], Awaitable[C | None]], heard: Heard) -> C:
    """The case that a reference names; one that was recorded a moment ago is waited for.

    Args:
        find: the case, or None: unknown here, or it doesn't exist for whoever asks. Both are answered alike, and
            after the same time.

    Raises:
        Problem: 404; 409 with Retry-After where nobody can know, as while a relay can't publish.
    """
    asked_at = datetime.now(UTC)
    found = await find()
    if found is not None:
        return found
    heard_of_all = await heard(asked_at)
    found = await find()
    if found is not None:
        return found
    if heard_of_all:
        raise Problem(404, "no-such-case", f"There is no case {reference}.")
    raise Problem(
        409,
        "not-heard-of-yet",
        f"{reference} isn't known here yet.",
        "This service hasn't read everything that is recorded: send the same request again in a moment.",
        headers={"Retry-After": "1"},
    )
