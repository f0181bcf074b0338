"""SQL stands in `.sql` files beside the module that runs it; each is read once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def load(package: str, name: str) -> str:
    """The text of the SQL file `name` in `package` (`__package__` of the caller, or a folder below it: `a/b.sql`)."""
    return (files(package) / name).read_text(encoding="utf-8")


class Statements:
    """The statements in `sql/` of a package, each by the name of its file: `Statements(__package__).claim`."""

    def __init__(self, package: str | None) -> None:
        self._package = package or ""

    def __getattr__(self, name: str) -> str:
        return load(self._package, f"sql/{name}.sql")
