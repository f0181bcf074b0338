"""The problems that the routes of a case can answer with, for the OpenAPI documents: said once."""

from __future__ import annotations

from typing import Any, Final

from shared.kit.http import Problem

Responses = dict[int | str, dict[str, Any]]


def _problem(description: str) -> dict[str, Any]:
    return {"description": description, "content": {"application/problem+json": {}}}


READ_PROBLEMS: Final[Responses] = {
    400: _problem("A header, a cursor or the JSON can't be read."),
    401: _problem("No valid token."),
    403: _problem("The token doesn't allow it."),
    404: _problem("There is no such thing, or not for you."),
    409: _problem("Not heard of yet: try again after Retry-After."),
    422: _problem("A value doesn't fit; `errors` points at each."),
    503: _problem("The database can't be reached: try again after Retry-After."),
}
COMMAND_PROBLEMS: Final[Responses] = {
    **READ_PROBLEMS,
    409: _problem(
        "A rule forbids it: its code and, where there is one, the law or code that says so. Or not heard of yet: then "
        "with Retry-After."
    ),
    412: _problem("The version in If-Match is stale: what changed meanwhile."),
    413: _problem("That is too much for one event."),
    422: _problem("The body doesn't fit, or the Idempotency-Key was used for another command."),
}


def no_such(code: str, what: str) -> Problem:
    """404 for something other than a case."""
    return Problem(404, code, f"There is no such {what}.")
