"""Set-up: what is on the class path is what was reviewed, and nothing is fetched twice."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.embedded import jars

ROOT = Path(jars.__file__).parents[2]
NO_NETWORK = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), "http://127.0.0.1:9")


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """A copy of the checked jars in a cache of its own."""
    source = jars.cache_folder()
    if jars.missing(source):
        pytest.fail("Kafka's jars are not there: run make setup", pytrace=False)
    return Path(shutil.copytree(source, tmp_path / "redress" / source.name))


def set_up(cache_home: Path, home: Path) -> "subprocess.CompletedProcess[str]":
    """Run set-up as on a bare machine: no Java, no Maven, an empty home, no network."""
    return subprocess.run(
        [sys.executable, "-m", "deploy.embedded.fetch"],
        cwd=ROOT,
        env={"PATH": "/nowhere", "HOME": str(home), "XDG_CACHE_HOME": str(cache_home), **NO_NETWORK},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.usefixtures("cache")
def test_a_complete_cache_needs_no_network_no_java_and_no_maven(tmp_path: Path) -> None:
    empty_home = tmp_path / "home"
    empty_home.mkdir()

    done = set_up(tmp_path, empty_home)

    assert (done.returncode, done.stderr) == (0, "")
    assert "46 jars already there, checked" in done.stdout
    assert list(empty_home.iterdir()) == []


def test_a_changed_jar_is_refused_and_named(cache: Path, tmp_path: Path) -> None:
    jar = cache / "kafka-clients-4.3.1.jar"
    with jar.open("r+b") as content:
        content.seek(1000)
        content.write(b"!")

    done = set_up(tmp_path, tmp_path)

    assert done.returncode == 1
    assert f"{jar} is not the jar that was reviewed" in done.stderr
    with pytest.raises(jars.JarChangedError, match="kafka-clients"):
        jars.class_path(cache)


def test_a_failed_download_leaves_nothing_half_made(cache: Path, tmp_path: Path) -> None:
    (cache / "kafka-clients-4.3.1.jar").unlink()
    before = sorted(cache.iterdir())

    done = set_up(tmp_path, tmp_path)

    assert done.returncode == 1
    assert sorted(cache.iterdir()) == before
    assert list(cache.parent.iterdir()) == [cache]


def test_a_jar_that_nobody_reviewed_stays_off_the_class_path(cache: Path) -> None:
    (cache / "stranger.jar").write_bytes(b"PK")

    on_it = jars.class_path(cache).split(os.pathsep)

    assert len(on_it) == len(jars.expected())
    assert not [path for path in on_it if "stranger" in path]


def test_without_set_up_the_error_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(jars.JarsMissingError, match="make setup"):
        jars.class_path(tmp_path)
