"""The keyring's SQL statements, read once."""

from __future__ import annotations

from pathlib import Path
from typing import Final

_FOLDER: Final = Path(__file__).with_name("sql")


def _read(name: str) -> str:
    return (_FOLDER / f"{name}.sql").read_text(encoding="utf-8")


CREATE_KEY: Final = _read("create_key")
GET_KEYS: Final = _read("get_keys")
DESTROY_KEYS: Final = _read("destroy_keys")
WRAPPED_UNDER_ANOTHER: Final = _read("wrapped_under_another")
REPLACE_WRAPPED: Final = _read("replace_wrapped")
