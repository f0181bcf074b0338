"""A wheel, from which the container image is made, carries every file that the code reads."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("services", "shared", "deploy")


def test_a_wheel_carries_every_file_that_the_code_reads(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    source = tmp_path / "source"
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(source)], check=True)
    subprocess.run([*build, "--wheel-dir", str(tmp_path), str(source)], check=True)
    (wheel,) = tmp_path.glob("*.whl")
    carried = set(zipfile.ZipFile(wheel).namelist())
    tracked = subprocess.run(
        ["git", "-C", str(source), "ls-files", *PACKAGES], check=True, capture_output=True, text=True
    ).stdout.split()
    wanted = {name for name in tracked if not name.startswith("deploy/image/")}
    assert wanted - carried == set()
