"""Whether a sandbox has to be filled: a mark that is there before anything else in its folder, and goes at the end."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Final

from deploy.embedded.home import write_json

_MARK: Final = "sandbox.json"


def to_be_filled(home: Path, now: datetime) -> bool:
    """Whether nothing has ever run in this folder, which is noted, or its filling was begun and has not ended."""
    if began_at(home) is not None:
        return True
    if home.exists() and any(home.iterdir()):
        return False
    begin(home, now)
    return True


def begin(home: Path, now: datetime) -> None:
    """Notes that the folder is filled from now on, with the cases of this moment, however often it is stopped."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_json(home / _MARK, {"began_at": now.isoformat()})


def began_at(home: Path) -> datetime | None:
    """Since when the folder is being filled; None: it isn't, or not any more."""
    try:
        told = (home / _MARK).read_text("utf-8")
    except FileNotFoundError:
        return None
    return datetime.fromisoformat(json.loads(told)["began_at"])


def end(home: Path) -> None:
    """Everything is filed."""
    (home / _MARK).unlink(missing_ok=True)
