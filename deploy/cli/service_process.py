"""Running a service's own program for a task of its own, such as a rebuild, in its environment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path


def environment_file(home: Path, service: str) -> Path:
    """Where a running installation keeps what each service is told; readable by its owner only."""
    return home / "run" / f"{service}.environment.json"


def run_task(home: Path, service: str, arguments: Sequence[str]) -> int:
    """Runs `python -m services.<service>.main ARGUMENTS` and gives its exit status.

    Its settings are those of the installation in `home`, where there is one, else this process's environment.
    """
    told = environment_file(home, service)
    environment = dict(os.environ)
    if told.exists():
        environment |= json.loads(told.read_text("utf-8"))
    command = [sys.executable, "-m", f"services.{service}.main", *arguments]
    return subprocess.run(command, env=environment, check=False).returncode  # noqa: S603  our own program
