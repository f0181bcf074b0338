"""Flushing a local file and the folders that lead to it: obstore's folder back end flushes nothing.

An event that names a blob may be committed at once after, with fsync, so the blob must be on disk first.
"""

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


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
