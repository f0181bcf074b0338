"""A reference that a service can't find: there is no such case, or it hasn't heard of it yet (design, section 3)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TypeVar

from shared.kit.http import Problem

C = TypeVar("C")
Heard = Callable[[datetime], Awaitable[bool]]
"""Waits a little until everything that any service had recorded by then is read; False where it isn't."""


async def find_case(reference: str, find: Callable[[], Awaitable[C | None]], heard: Heard | None = None) -> C:
    """The case that a reference names; one that was recorded a moment ago is waited for.

    Args:
        find: the case, or None: unknown here, or it doesn't exist for whoever asks. Both are answered alike, and
            after the same time.
        heard: None for the service that opens cases: it has nobody to wait for.

    Raises:
        Problem: 404; 409 with Retry-After where nobody can know, as while a relay can't publish.
    """
    asked_at = datetime.now(UTC)
    found = await find()
    if found is not None:
        return found
    if heard is None:
        raise no_such_case(reference)
    heard_of_all = await heard(asked_at)
    found = await find()
    if found is not None:
        return found
    raise no_such_case(reference) if heard_of_all else not_heard_of_yet(reference)


def no_such_case(reference: str) -> Problem:
    """The same for a case that there is not and one that this principal may not see."""
    return Problem(404, "no-such-case", f"There is no case {reference}.")


def not_heard_of_yet(reference: str) -> Problem:
    """This service lags, and says so."""
    return Problem(
        409,
        "not-heard-of-yet",
        f"Not everything about {reference} is known here yet.",
        "This service hasn't read everything that is recorded: send the same request again in a moment.",
        headers={"Retry-After": "1"},
    )
