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

    @property
    def user(self) -> int:
        """The user id that owns the program's files, as this process sees it."""
        return self.identity.get("user", os.geteuid())

    def hand_over(self, folder: Path) -> None:
        """Make `folder`, and what is in it, the property of the user that the program runs as.

        Only root can have to: an earlier start may have run the program as another user.
        """
        if folder.stat().st_uid == self.user:
            return
        for path in [folder, *folder.rglob("*")]:
            os.chown(path, self.user, self.identity.get("group", os.getegid()), follow_symlinks=False)

    def refuse_unreachable(self, *paths: Path) -> None:
        """Raise PermissionError where `nobody` would not get through to a path, naming the closed folder."""
        if "user" not in self.identity:
            return
        for path in paths:
            for folder in path.resolve().parents:
                status = folder.stat()
                if status.st_uid != self.user and not status.st_mode & 0o001:
                    raise PermissionError(
                        f"PostgreSQL does not run as root, and the user nobody cannot get through {folder} to "
                        f"{path}: run as an ordinary user, or use folders that every user can reach"
                    )


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
