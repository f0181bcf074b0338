"""Set-up of the embedded servers: `python -m deploy.embedded.fetch`. Nothing is fetched at run time."""

import os
import shutil
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from deploy.embedded import jars
from deploy.embedded.java import java
from deploy.embedded.postgres import binaries

# Kafka's own artifact does not depend on a logger; without one a broker dies without a word.
_KAFKA = ("org.apache.kafka", "kafka_2.13", jars.KAFKA_VERSION)
_LOGGER = ("org.apache.logging.log4j", "log4j-slf4j-impl", "2.25.4")
_TRIES = 3


def fetch(folder: Path) -> bool:
    """Make `folder` hold every jar of the committed list.

    Returns whether anything was downloaded. A folder that is complete is only checked. Raises
    JarChangedError for a jar, cached or downloaded, whose sum is not the committed one. The folder
    appears whole or not at all.
    """
    if not jars.missing(folder):
        jars.verify(folder)
        return False
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".kafka-", dir=folder.parent) as work:
        staging = Path(work, "jars")
        resolve_into(staging, Path(work, "repository"))
        if absent := jars.missing(staging):
            raise jars.JarsMissingError(f"not among Kafka's resolved jars: {', '.join(absent)}")
        jars.verify(staging)
        _put_in_place(staging, folder)
    return True


def resolve_into(folder: Path, repository: Path) -> None:
    """Resolve Kafka and download its jars, flat, into `folder`; `repository` is a scratch folder.

    The resolver is used directly: `jgo.build` sorts jars into modules, for which it would first
    download a Java of its own.
    """
    from jgo.maven import MavenContext
    from jgo.parse import Coordinate

    context = MavenContext(repo_cache=repository, local_repos=[], timeout=60)
    kafka = context.create_dependency(Coordinate(*_KAFKA, scope="compile"))
    direct, transitive = context.resolver.resolve([kafka])
    artifacts = [d.artifact for d in [*direct, *transitive] if d.scope in {"compile", "runtime"}]
    artifacts.append(context.project(*_LOGGER[:2]).at_version(_LOGGER[2]).artifact())
    folder.mkdir()

    def download(index: int) -> None:
        artifact = artifacts[index]
        for attempt in range(1, _TRIES + 1):
            try:
                path = artifact.resolve()
            except (OSError, RuntimeError):
                if artifact.cached_path is not None:
                    artifact.cached_path.unlink(missing_ok=True)  # half a download is not a jar
                if attempt == _TRIES:
                    raise
            else:
                shutil.move(path, folder / path.name)
                return

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(download, range(len(artifacts))))


def _put_in_place(staging: Path, folder: Path) -> None:
    if folder.exists():  # incomplete, else nothing would have been downloaded
        folder.rename(staging.with_name("incomplete"))
    try:
        staging.rename(folder)
    except OSError:
        if jars.missing(folder):
            raise
        jars.verify(folder)  # another set-up finished first


def write_list(list_file: Path) -> None:
    """Resolve anew and write the sums found: for a maintainer who changes the version and reviews the diff."""
    with tempfile.TemporaryDirectory() as work:
        staging = Path(work, "jars")
        resolve_into(staging, Path(work, "repository"))
        sums = [f"{jars.sha256(jar)}  {jar.name}\n" for jar in sorted(staging.iterdir())]
    list_file.write_text("".join(sums))


def main(arguments: list[str]) -> int:
    """Fetch and check; exit 0, or 1 with the reason on standard error."""
    if arguments == ["--write-list"]:
        write_list(jars.LIST)
        return 0
    folder = jars.cache_folder()
    try:
        binaries()
        java()
        downloaded = fetch(folder)
    except (OSError, RuntimeError) as error:
        sys.stderr.write(f"embedded servers: {error}\n")
        return 1
    what = "fetched and checked" if downloaded else "already there, checked"
    sys.stdout.write(f"Kafka {jars.KAFKA_VERSION}: {len(jars.expected())} jars {what} ({folder})\n")
    return os.EX_OK


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
