"""What a trial brings with it that a real council brings itself."""

from __future__ import annotations

from pathlib import Path
from typing import Final

SCHOOLS: Final = Path(__file__).parent / "schools"
"""The folder of the made-up school."""
