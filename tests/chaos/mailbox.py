"""The mailbox's folder: every message that ever arrived, by its Message-ID."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from email import policy
from email.parser import BytesHeaderParser
from pathlib import Path

_PARSER = BytesHeaderParser(policy=policy.default)


@dataclass(slots=True)
class Mailbox:
    """What was found in `folder` so far: the files of each Message-ID, in the order of their arrival."""

    folder: Path
    arrived: dict[str, list[Path]] = field(default_factory=lambda: defaultdict(list))
    _seen: set[Path] = field(default_factory=set)

    def look(self) -> None:
        """Takes up what is new."""
        for path in sorted(set(self.folder.glob("*.eml")) - self._seen):
            self._seen.add(path)
            with path.open("rb") as file:
                headers = _PARSER.parse(file)
            self.arrived[str(headers.get("Message-ID", "")).strip()].append(path)
