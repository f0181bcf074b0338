"""What each role of a person allows: `roles.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Final


def _read() -> Mapping[str, frozenset[str]]:
    told = tomllib.loads((files(__package__) / "roles.toml").read_text("utf-8"))
    return {role: frozenset(each["allows"]) for role, each in told.items()}


SCOPES_OF_ROLE: Final = _read()


def scopes_of(roles: Iterable[str]) -> frozenset[str]:
    """Everything that these roles allow together; an unknown one allows nothing."""
    return frozenset().union(*(SCOPES_OF_ROLE.get(role, frozenset()) for role in roles))
