"""Kafka's jars: which ones, where they are kept, and whether each is the one that was reviewed."""

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

KAFKA_VERSION = "4.3.1"
LIST = Path(__file__).with_name("kafka_jars.sha256")


class JarsMissingError(RuntimeError):
    """Set-up was not done, or was done for another version."""


class JarChangedError(RuntimeError):
    """A jar's SHA-256 is not the committed one: it is refused, never replaced in silence."""


def cache_folder() -> Path:
    """The folder of Kafka's jars, shared by all data folders of this user."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "redress" / f"kafka-{KAFKA_VERSION}"


def expected() -> Mapping[str, str]:
    """The committed list: file name -> SHA-256 in hex. Its form is that of `sha256sum`."""
    lines = (line.split() for line in LIST.read_text().splitlines())
    return {name: digest for digest, name in lines}


def missing(folder: Path) -> list[str]:
    """Names on the committed list that `folder` does not hold."""
    return [name for name in expected() if not (folder / name).is_file()]


def sha256(jar: Path) -> str:
    with jar.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def verify(folder: Path) -> None:
    """Read every jar of the list in `folder`; raise JarChangedError on the first that differs."""
    for name, digest in expected().items():
        found = sha256(folder / name)
        if found != digest:
            raise JarChangedError(
                f"{folder / name} is not the jar that was reviewed: its SHA-256 is {found}, "
                f"expected {digest}. Find out why; then delete {folder} and run: make setup"
            )


def class_path(folder: Path | None = None) -> str:
    """Java's class path of the verified jars; nothing else that lies in the folder gets on it."""
    folder = folder or cache_folder()
    if missing(folder):
        raise JarsMissingError(f"Kafka's jars are not in {folder}; run: make setup")
    verify(folder)
    return os.pathsep.join(_paths(folder))


def _paths(folder: Path) -> Iterator[str]:
    return (str(folder / name) for name in expected())
