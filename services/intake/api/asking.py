"""What every route does with what it was asked: orders, cases that may be seen, pages."""

from __future__ import annotations

import base64
import json
from datetime import datetime
from typing import Annotated, Any, Final

from fastapi import Depends
from pydantic import StringConstraints

from services.intake.application.cases import CaseFound, Cases, NoSuchCase
from services.intake.application.desk import Desk
from shared.kit.eventstore import Order
from shared.kit.http import Principal, Problem, canonical, require, told
from shared.kit.http import Told as _Told

Line = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]
"""A name or a number: one line."""
Word = Annotated[str, StringConstraints(max_length=60, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
"""A word of the vocabulary, such as `over-12-months`. It stands unsealed in events: never a person's name."""
Text = Annotated[str, StringConstraints(min_length=1, max_length=100_000)]
"""Free text, sealed before it is stored."""

Reads = Annotated[Principal, Depends(require("cases:read"))]
Writes = Annotated[Principal, Depends(require("cases:write"))]
Told = Annotated[_Told, Depends(told)]

PROBLEMS: Final[dict[int | str, dict[str, Any]]] = {
    401: {"description": "No valid token."},
    403: {"description": "The token doesn't allow it."},
    404: {"description": "There is no such thing, or not for you."},
}
COMMAND_PROBLEMS: Final[dict[int | str, dict[str, Any]]] = {
    **PROBLEMS,
    409: {
        "description": "A rule forbids it: its code and, where there is one, the law or code that says so."
    },
    412: {"description": "The version in If-Match is stale: what changed meanwhile."},
    422: {"description": "The body doesn't fit, or the Idempotency-Key was used for another command."},
}


def order(
    desk: Desk, told: _Told, principal: Principal, what: str, *, reference: str, at: datetime | None
) -> Order:
    """A command's order; `what` tells apart commands whose bodies are the same."""
    marks = desk.fingerprints.all("command", what, reference, canonical(told.body))
    return told.order(principal, marks, answer={"reference": reference}, happened_at=at or desk.now())


async def find(cases: Cases, reference: str, principal: Principal, looks_at: str | None = None) -> CaseFound:
    """The case, if it exists for this principal; `looks_at` is written down.

    Raises:
        Problem: 404.
    """
    try:
        if looks_at is None:
            return await cases.find(reference, principal)
        return await cases.look(reference, principal, looks_at)
    except NoSuchCase as missing:
        raise no_such_case() from missing


def cursor(place: tuple[Any, ...] | None) -> str | None:
    """Where a page ended, as an opaque text."""
    if place is None:
        return None
    parts = [part.isoformat() if hasattr(part, "isoformat") else str(part) for part in place]
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode()


def place(cursor: str | None) -> tuple[str, str] | None:
    """Where the page before ended.

    Raises:
        Problem: 400, it is no cursor of ours.
    """
    if cursor is None:
        return None
    try:
        first, second = json.loads(base64.urlsafe_b64decode(cursor.encode()))
    except (ValueError, TypeError) as error:
        raise _bad_cursor() from error
    return str(first), str(second)


def read_place(found: tuple[str, str] | None, first: Any, second: Any) -> Any:
    """The two parts of a place, each read by its own function; None for none.

    Raises:
        Problem: 400, they can't be read.
    """
    if found is None:
        return None
    try:
        return first(found[0]), second(found[1])
    except ValueError as error:
        raise _bad_cursor() from error


def _bad_cursor() -> Problem:
    return Problem(400, "bad-cursor", "This cursor isn't one of ours: take `next` of the page before.")


def no_such_case() -> Problem:
    """The same for a case that there is not and one that this principal may not see."""
    return Problem(404, "no-such-case", "There is no case with this reference.")


def no_such(code: str, what: str) -> Problem:
    """404 for something other than a case."""
    return Problem(404, code, f"There is no such {what}.")
