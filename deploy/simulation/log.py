"""Plain events, one JSON a line, in the order in which they were recorded.

A line is a CloudEvent with the attributes of the log's headers, `ce_` taken off, and `data`: the event with each
personal text in clear where the log has a sealed value.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from heapq import merge
from itertools import islice
from tempfile import TemporaryFile
from typing import Any, Final, TextIO

from deploy.simulation.streams import text_of
from shared.kit.events import Event, Recorded, SealedValue, instant
from shared.kit.keyring import find, put

_IN_MEMORY: Final = 20_000
"""Lines that are sorted at once: however long the log is, no more are held."""


def write(events: Iterable[Recorded[Event]], out: TextIO) -> None:
    """Writes them, sorted in temporary files."""
    lines = map(_sortable, events)
    with ExitStack() as open_files:
        runs: list[Iterator[str]] = []
        while found := sorted(islice(lines, _IN_MEMORY)):
            run = open_files.enter_context(TemporaryFile("w+", encoding="utf-8", newline="\n"))
            run.writelines(found)
            run.seek(0)
            runs.append(iter(run))
        out.writelines(line.partition("\t")[2] for line in merge(*runs))


def plain(recorded: Recorded[Event]) -> dict[str, Any]:
    data = recorded.event.model_dump(mode="json", exclude_none=True)
    for path, value in find(recorded.event, SealedValue):
        put(data, path, text_of(value))
    attributes = {name.removeprefix("ce_"): value.decode() for name, value in recorded.envelope.headers()}
    return attributes | {"data": data}


def _sortable(recorded: Recorded[Event]) -> str:
    """Recorded time, stream and version, of fixed length or without a tab; then the line."""
    envelope = recorded.envelope
    key = f"{instant(envelope.recorded_at)} {envelope.stream} {envelope.version:08}"
    return f"{key}\t{json.dumps(plain(recorded), ensure_ascii=False, separators=(',', ':'))}\n"
