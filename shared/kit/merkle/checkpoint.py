"""What audit signs: how long each partition's tree is, its root, and the root over all case heads.

A checkpoint is a small text that can be mailed, printed and compared by eye:

    council.example/case-events
    redress checkpoint 1
    time 2026-11-22T09:30:00.000000Z
    partition 0 1234 <root, base64>
    partition 1 987 <root, base64>
    case-heads 310 <root, base64>

Every line ends with a line feed. There is one way to write it: what reads differently is refused.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from shared.kit.merkle.hashing import HASH_BYTES

FORMAT: Final = "redress checkpoint 1"
_TIME: Final = "%Y-%m-%dT%H:%M:%S.%fZ"
_FEWEST_LINES: Final = 4


class Unreadable(ValueError):
    """A text is no checkpoint, or not written the one way that a checkpoint is."""


@dataclass(frozen=True, slots=True)
class TreeHead:
    """A tree at some size: the number of its leaves and their root."""

    size: int
    root: bytes


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """All trees at one moment.

    Attributes:
        origin: whose log: a name without line breaks, such as `council.example/case-events`.
        at: when, with its zone; written in UTC to the microsecond.
        partitions: the tree of each partition, by its number.
        case_heads: the tree over all case heads.
    """

    origin: str
    at: datetime
    partitions: tuple[TreeHead, ...]
    case_heads: TreeHead

    def body(self) -> str:
        """The text that is signed.

        Raises:
            Unreadable: the origin can't be written, a size is negative or a root is not 32 bytes.
        """
        if not self.origin.isprintable() or self.origin != self.origin.strip() or not self.origin:
            raise Unreadable(f"{self.origin!r} is no origin")
        heads = [(f"partition {number}", head) for number, head in enumerate(self.partitions)]
        lines = [self.origin, FORMAT, f"time {self.at.astimezone(UTC).strftime(_TIME)}"]
        lines += [_line(name, head) for name, head in (*heads, ("case-heads", self.case_heads))]
        return "".join(f"{line}\n" for line in lines)

    @staticmethod
    def parse(body: str) -> Checkpoint:
        """The checkpoint of which that is the body.

        Raises:
            Unreadable: there is none, or it would be written otherwise.
        """
        lines = body.split("\n")[:-1]
        if len(lines) < _FEWEST_LINES:
            raise Unreadable("Too short to be a checkpoint")
        try:
            checkpoint = Checkpoint(
                origin=lines[0],
                at=datetime.strptime(lines[2], f"time {_TIME}").replace(tzinfo=UTC),
                partitions=tuple(_head(line) for line in lines[3:-1]),
                case_heads=_head(lines[-1]),
            )
        except ValueError:
            raise Unreadable("Not written as a checkpoint is") from None
        if checkpoint.body() != body:
            raise Unreadable("Not written as a checkpoint is")
        return checkpoint


def _line(name: str, head: TreeHead) -> str:
    if head.size < 0 or len(head.root) != HASH_BYTES:
        raise Unreadable(f"The tree of {name} has no size or no root")
    return f"{name} {head.size} {base64.b64encode(head.root).decode()}"


def _head(line: str) -> TreeHead:
    _, size, root = line.rsplit(" ", 2)
    return TreeHead(int(size), base64.b64decode(root, validate=True))
