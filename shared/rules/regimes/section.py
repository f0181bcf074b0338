"""One table of a regime file, read strictly: every key is asked for once, what is left over is an error."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

E = TypeVar("E", bound=StrEnum)


class RegimeFileError(Exception):
    """A regime file says something that can't be right; the message names the place."""


class Section:
    """A table and where it stands, for the messages."""

    def __init__(self, where: str, table: Mapping[str, Any]) -> None:
        self.where = where
        self._left = dict(table)

    def text(self, key: str) -> str:
        """A text that must be there and not be empty."""
        found = self.optional_text(key)
        if found is None:
            raise self.wrong(f"{key} is missing")
        return found

    def optional_text(self, key: str) -> str | None:
        """A text that may be left out, but not be empty."""
        found = self._left.pop(key, None)
        if found is not None and (not isinstance(found, str) or not found.strip()):
            raise self.wrong(f"{key} must be a text, not {found!r}")
        return found

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, at least one."""
        found = self._left.pop(key, None)
        if (
            not isinstance(found, list)
            or not found
            or not all(isinstance(text, str) and text for text in found)
        ):
            raise self.wrong(f"{key} must be a list of texts, not {found!r}")
        return tuple(found)

    def whole(self, key: str) -> int:
        """A whole number that must be there."""
        found = self._left.pop(key, None)
        if type(found) is not int:
            raise self.wrong(f"{key} must be a whole number, not {found!r}")
        return found

    def optional_day(self, key: str) -> date | None:
        """A date that may be left out."""
        found = self._left.pop(key, None)
        if found is not None and type(found) is not date:
            raise self.wrong(f"{key} must be a date, not {found!r}")
        return found

    def day(self, key: str) -> date:
        """A date that must be there."""
        found = self.optional_day(key)
        if found is None:
            raise self.wrong(f"{key} is missing")
        return found

    def flag(self, key: str) -> bool:
        """True or false; left out means false."""
        found = self._left.pop(key, False)
        if type(found) is not bool:
            raise self.wrong(f"{key} must be true or false, not {found!r}")
        return found

    def one_of(self, key: str, kind: type[E]) -> E:
        """One of the words of an enumeration."""
        found = self.text(key)
        try:
            return kind(found)
        except ValueError:
            raise self.wrong(f"{key} must be one of {', '.join(kind)}, not {found!r}") from None

    def sections(self, key: str) -> tuple[Section, ...]:
        """The tables of an array, none if it is left out."""
        found = self._left.pop(key, [])
        if not isinstance(found, list) or not all(isinstance(table, dict) for table in found):
            raise self.wrong(f"{key} must be a list of tables")
        return tuple(
            Section(f"{self.where} {key} {table.get('name', at)}", table) for at, table in enumerate(found, 1)
        )

    def table(self, key: str) -> Mapping[str, Any]:
        """A table whose keys are names of our choosing, empty if it is left out."""
        found = self._left.pop(key, {})
        if not isinstance(found, dict):
            raise self.wrong(f"{key} must be a table")
        return found

    def close(self) -> None:
        """Nothing may be left over."""
        if self._left:
            raise self.wrong(f"unknown {', '.join(sorted(self._left))}")

    def wrong(self, what: str) -> RegimeFileError:
        """An error that says where."""
        return RegimeFileError(f"{self.where}: {what}")
