"""The contracts as they were published: a schema and a golden sample for each type and version, kept for ever.

    python -m tests.contract.published

adds the files of new types and versions. It never changes a sample; it replaces a schema only where both ways of
reading still hold, and refuses otherwise: that takes a new version and an upcaster.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Final

import shared.contracts
from shared.contracts import asyncapi
from shared.contracts.public import public
from shared.kit.events import schema
from tests.contract.compatibility import is_compatible
from tests.contract.golden import sample

FOLDER: Final = Path(shared.contracts.__file__).parent / "published"
ASYNCAPI: Final = Path(__file__).parents[2] / "docs" / "reference" / "asyncapi.json"


class BreakingChangeError(Exception):
    """A type changed so that an old reader or an old event fails: give it a new version and an upcaster."""


def published_schema(wire_name: str) -> dict[str, Any] | None:
    """The committed schema of a type and version, None while it has none."""
    return _read(FOLDER / "schemas" / f"{wire_name}.json")


def published_samples() -> dict[str, dict[str, Any]]:
    """Every golden sample ever published, by wire name, old versions too."""
    return {
        path.name.removesuffix(".json"): _read(path) or {} for path in (FOLDER / "samples").glob("*.json")
    }


def check(wire_name: str, current: dict[str, Any], before: dict[str, Any] | None) -> None:
    """Refuses a change that breaks a reader or the log.

    Raises:
        BreakingChangeError: naming the type.
    """
    if before is not None and not is_compatible(before, current):
        raise BreakingChangeError(
            f"{wire_name}: an old event or an old reader would fail. Give it a new version and an upcaster."
        )


def publish() -> list[str]:
    """Writes what is missing; gives the names of the files written."""
    written = []
    for wire_name in public():
        current = schema(wire_name)
        check(wire_name, current, published_schema(wire_name))
        written += _write(FOLDER / "schemas" / f"{wire_name}.json", current)
        golden = FOLDER / "samples" / f"{wire_name}.json"
        if not golden.exists():
            written += _write(golden, sample(wire_name))
    return written + _write(ASYNCAPI, asyncapi.document())


def _read(path: Path) -> dict[str, Any] | None:
    return json.loads(path.read_text("utf-8")) if path.exists() else None


def _write(path: Path, value: dict[str, Any]) -> list[str]:
    if _read(path) == value:
        return []
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", "utf-8")
    return [path.name]


if __name__ == "__main__":
    try:
        sys.stdout.write("\n".join(publish()) + "\n")
    except BreakingChangeError as error:
        sys.exit(str(error))
