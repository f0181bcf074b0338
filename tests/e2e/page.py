"""A how-to page as a program that can be followed: its fenced blocks, applied to a copy of the project.

A block's info string says what it is: `sh` is run; `diff FILE` changes a file that is there, its hunks (between lines
`@@`) found by their own lines; anything else with a name after it is a new file.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_FENCED: Final = re.compile(r"^```(\w+) ?(\S*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its language, the file that it names, its text."""

    language: str
    file: str
    text: str


def blocks(page: Path) -> Iterator[Block]:
    """The blocks of a page, in their order."""
    for language, file, text in _FENCED.findall(page.read_text("utf-8")):
        yield Block(language, file, text)


def copy_of(checkout: Path, to: Path) -> Path:
    """The files of a checkout that belong to it, as they are now."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=checkout, check=True, capture_output=True, text=True
    )
    for name in filter(None, listed.stdout.split("\0")):
        (to / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(checkout / name, to / name)
    return to


def write(block: Block, checkout: Path) -> None:
    """Makes the block's file, or changes it.

    Raises:
        AssertionError: a new file is there already; the lines to change are not there, or more than once.
    """
    path = checkout / block.file
    if block.language != "diff":
        assert not path.exists(), f"{block.file} is there already"
        path.write_text(block.text, "utf-8")
        return
    text = path.read_text("utf-8")
    for hunk in block.text.split("@@\n"):
        lines = hunk.splitlines(keepends=True)
        before = "".join(line[1:] for line in lines if line[0] != "+")
        after = "".join(line[1:] for line in lines if line[0] != "-")
        assert text.count(before) == 1, f"{block.file} has {text.count(before)} times:\n{before}"
        text = text.replace(before, after)
    path.write_text(text, "utf-8")
