"""Whom a customer may turn to outside the council: the Ombudsmen and the Commissioner, by the names of the day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Annotated

from pydantic import AfterValidator

from shared.rules.tables import Some, Table, Words, parse, read


class Regulator(Table):
    """An Ombudsman or a Commissioner, and how to reach them.

    Attributes:
        from_on: the first day of this name and address; None: from the beginning, or not yet (`awaits`).
        awaits: what has to happen first, where that day isn't known.
    """

    name: Words
    website: Words
    phone: Words
    citation: Words
    from_on: date | None = None
    awaits: Words | None = None

    @property
    def since(self) -> date:
        """The first day on which it holds, as far as is known."""
        return date.max if self.awaits else self.from_on or date.min


def _one_after_another(found: tuple[Regulator, ...]) -> tuple[Regulator, ...]:
    if found[0].awaits:
        raise ValueError(f"{found[0].name} awaits something, and nobody is there until then")
    for before, after in pairwise(found):
        if (after.from_on is None) == (after.awaits is None) or after.since <= before.since:
            raise ValueError(f"{after.name} needs a later from_on than {before.name}, or what it awaits")
    return found


class _Regulators(Table):
    regulators: dict[Words, Annotated[Some[Regulator], AfterValidator(_one_after_another)]]


@cache
def load_regulators() -> Mapping[str, tuple[Regulator, ...]]:
    """The entries of each, in their order. Raises `RuleFileError`."""
    where = "regulators.toml"
    return read_regulators(where, (files("shared.rules") / where).read_text(encoding="utf-8"))


def read_regulators(where: str, text: str) -> Mapping[str, tuple[Regulator, ...]]:
    """The entries from their file. `where` names the file in errors. Raises `RuleFileError`."""
    return read(where, parse(where, text), _Regulators).regulators


def on_day(entries: Iterable[Regulator], day: date) -> Regulator | None:
    """The one that holds on that day; None where there is none."""
    return max((each for each in entries if each.since <= day), key=lambda each: each.since, default=None)
