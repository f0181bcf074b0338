"""The data folder of the embedded servers, and the lock that lets one supervisor at a time use it."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from shared.kit.durable import write_whole


class HomeInUseError(RuntimeError):
    """Another process runs on this data folder."""


@dataclass(frozen=True)
class Home:
    """Where each part keeps its data below `root`."""

    root: Path

    @property
    def postgres(self) -> Path:
        return self.root / "postgres"

    def kafka(self, broker: int) -> Path:
        """The log folder of broker 1, 2 or 3."""
        return self.root / f"kafka-{broker}"

    @property
    def mail(self) -> Path:
        return self.root / "mail"

    @property
    def blobs(self) -> Path:
        return self.root / "blobs"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def schools(self) -> Path:
        """The council's own schools, a file each; where there is no such folder, a trial has its made-up one."""
        return self.root / "schools"

    @property
    def keys(self) -> Path:
        return self.root / "keys"

    @property
    def run(self) -> Path:
        """Files that matter only while it runs: the lock, process ids, generated settings."""
        return self.root / "run"

    def create(self) -> None:
        """Make the folders, private to this user; PostgreSQL and Kafka make their own."""
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        for folder in (self.mail, self.blobs, self.logs, self.keys, self.run):
            folder.mkdir(mode=0o700, exist_ok=True)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the folder, which must exist, for this process. Raises HomeInUseError naming the holder.

        The kernel drops the lock with the process, so a crash leaves none behind.
        """
        with (self.run / "lock").open("a+") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                file.seek(0)
                holder = file.read().strip() or "unknown"
                raise HomeInUseError(f"{self.root} is in use by the running process {holder}") from None
            file.truncate(0)
            file.write(f"{os.getpid()}\n")
            file.flush()
            yield


def write_json(path: Path, value: dict[str, object]) -> None:
    """Write a small file whole or not at all, even if the machine stops."""
    write_whole(path, json.dumps(value).encode())
