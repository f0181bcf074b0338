"""Which errors of a fold are the database's, to be waited out, and which are the event's, which parks its key."""

from __future__ import annotations

from typing import Final

import asyncpg

_CLASSES: Final = frozenset({
    "08",  # connection
    "25",  # invalid transaction state: an idle limit ended it
    "40",  # deadlock, serialization
    "53",  # resources: disk full, too many connections
    "57",  # operator intervention: shutdown, a statement's time limit
    "58",  # system: I/O
    "XX",  # internal
})  # fmt: skip
_CODES: Final = frozenset({
    "3F000",  # the schema isn't there
    "42P01",  # a table isn't there
    "42501",  # a right is missing
    "55P03",  # a lock wasn't granted in time
})  # fmt: skip


def is_the_databases(error: BaseException) -> bool:
    """Whether trying again later may help, with the same event and the same code."""
    if isinstance(error, asyncpg.PostgresError):
        state = str(error.sqlstate or "")
        return state[:2] in _CLASSES or state in _CODES
    return isinstance(error, (OSError, TimeoutError, asyncpg.InterfaceError)) and not isinstance(
        error, asyncpg.DataError
    )
