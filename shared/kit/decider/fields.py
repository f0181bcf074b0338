"""What the fields of commands may hold."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

Line = Annotated[
    str,
    StringConstraints(
        min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*$"
    ),
]
"""A name or a number: one line, not blank."""
Word = Annotated[str, StringConstraints(max_length=60, pattern=r"^[a-z0-9]+([-_][a-z0-9]+)*$")]
"""A word of a vocabulary, such as `over-12-months`. It stands unsealed in events: never a person's name."""
Text = Annotated[str, StringConstraints(min_length=1, max_length=100_000)]
"""Free text, sealed before it is stored."""
