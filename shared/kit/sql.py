"""SQL stands in `.sql` files beside the module that runs it; each is read once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def load(package: str, name: str) -> str:
    """The text of the SQL file `name` in `package` (`__package__` of the caller, or a folder below it: `a/b.sql`)."""
    return (files(package) / name).read_text(encoding="utf-8")
