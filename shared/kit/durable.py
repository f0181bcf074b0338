"""Files that are on the disk, with the folders that lead to them, when whoever wrote them is told so."""

from __future__ import annotations

import os
from pathlib import Path


def make_folder(folder: Path) -> None:
    """Makes the folder and those above it, for their owner alone, and flushes the entries of the new ones."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    for path in reversed(missing):
        path.mkdir(mode=0o700, exist_ok=True)
        _flush(path.parent)


def make_durable(file: Path, root: Path) -> None:
    """Flushes the file's bytes, then every folder's entries from the file's own up to `root`."""
    _flush(file)
    for folder in file.parents:
        _flush(folder)
        if folder == root:
            break


def write_whole(file: Path, content: bytes) -> None:
    """Writes a file whole or not at all, durable when this returns; a draft of it has a dot before its name."""
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    with draft.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    draft.replace(file)
    _flush(file.parent)


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
