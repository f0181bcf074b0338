"""Secrets in files: readable by their owner alone, or not used."""

from __future__ import annotations

import os
import stat
from pathlib import Path


class TooOpen(PermissionError):
    """A file with a secret can be read by others than its owner."""


def read_private(path: Path) -> str:
    """The text of a file that only its owner may read (mode 0600 or 0400).

    Raises:
        TooOpen: its group or others may read or write it.
    """
    with path.open(encoding="utf-8") as file:
        if stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o077:
            raise TooOpen(f"{path} may be read by others: set its mode to 0600")
        return file.read()


def write_private(path: Path, text: str) -> None:
    """Writes a new file with mode 0600 and flushes it.

    Raises:
        FileExistsError: there is one; a key is never written over.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def read_setting(setting: str) -> str:
    """A secret given as it is, or as `file:PATH` where it lies.

    Raises:
        TooOpen: the file may be read by others.
    """
    return read_private(Path(setting.removeprefix("file:"))) if setting.startswith("file:") else setting
