"""Running PostgreSQL when we are root, which it refuses to be."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict


class Identity(TypedDict, total=False):
    """Whom a child runs as; empty for ourselves."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class Privileges:
    """How to start a program that may not run as root."""

    prefix: tuple[str, ...] = ()
    identity: Identity = field(default_factory=Identity)

    def hand_over(self, folder: Path) -> None:
        """Give `folder` and what is in it to the other user, where there is one."""
        if "user" not in self.identity:
            return
        for path in [folder, *folder.rglob("*")]:
            os.chown(path, self.identity["user"], self.identity["group"], follow_symlinks=False)


def unprivileged() -> Privileges:
    """Nothing for an ordinary user; for root a user namespace, or `nobody` where the kernel refuses one.

    In a namespace files stay root's and private, and parents of the data folder need no rights
    for others. `nobody` must be able to reach the data folder and the installed programs.
    """
    if os.geteuid() != 0:
        return Privileges()
    unshare = shutil.which("unshare", path=f"{os.environ.get('PATH', '')}:/usr/bin:/bin")
    if unshare:
        prefix = (unshare, "--user", "--map-user=1000", "--map-group=1000", "--")
        if subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0:
            return Privileges(prefix=prefix)
    nobody = pwd.getpwnam("nobody")
    return Privileges(identity=Identity(user=nobody.pw_uid, group=nobody.pw_gid, extra_groups=[]))
