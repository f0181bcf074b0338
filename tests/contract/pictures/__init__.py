"""The pictures of the documentation, drawn from what the code does: `python -m tests.contract.pictures`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from tests.contract.pictures.drawing import svg
from tests.contract.pictures.way import way

_EXPLANATION: Final = Path(__file__).parents[3] / "docs" / "explanation"
PICTURES: Final[dict[Path, Callable[[], str]]] = {
    _EXPLANATION / "a-contacts-way.svg": lambda: svg(way()),
}
"""What is drawn, by where it stands."""
