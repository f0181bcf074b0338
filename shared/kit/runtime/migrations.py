"""Schema files, applied in order, each once: `schema/NNN_name.sql` of every package that has tables."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

import asyncpg

from shared.kit import sql
from shared.kit.eventstore import Pool

_LOCK: Final = 0x7265_6472
"""The advisory lock that one migrator at a time holds in a database."""


class SchemaChangedError(RuntimeError):
    """A schema file that was applied here has other text now. Applied files never change: add a new one."""


@dataclass(frozen=True, slots=True)
class _File:
    package: str
    name: str
    text: str

    @property
    def checksum(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()


async def apply(dsn: str, packages: Sequence[str]) -> tuple[str, ...]:
    """Applies what hasn't been applied to the database, each file in a transaction; gives the names of those.

    `dsn` is the owner's. Several migrators may run at once: one applies, the others find nothing to do.

    Raises:
        SchemaChangedError: an applied file was changed.
    """
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute("SELECT pg_advisory_lock($1)", _LOCK)
        await connection.execute(sql.load(__package__, "schema_migrations.sql"))
        rows = await connection.fetch(sql.load(__package__, "applied_migrations.sql"))
        applied = {(row["package"], row["name"]): row["checksum"] for row in rows}
        done: list[str] = []
        for file in (file for package in packages for file in _files(package)):
            known = applied.get((file.package, file.name))
            if known == file.checksum:
                continue
            if known is not None:
                raise SchemaChangedError(f"{file.package}/schema/{file.name} was applied with another text")
            async with connection.transaction():
                await connection.execute(file.text)
                await connection.execute(
                    sql.load(__package__, "remember_migration.sql"), file.package, file.name, file.checksum
                )
            done.append(f"{file.package}/{file.name}")
        return tuple(done)
    finally:
        await connection.close()


async def missing(pool: Pool, packages: Sequence[str]) -> tuple[str, ...]:
    """The schema files that this database lacks: a service isn't ready while there are any."""
    rows = await pool.fetch(sql.load(__package__, "applied_migrations.sql"))
    applied = {(row["package"], row["name"]) for row in rows}
    wanted = (file for package in packages for file in _files(package))
    return tuple(f"{file.package}/{file.name}" for file in wanted if (file.package, file.name) not in applied)


def _files(package: str) -> list[_File]:
    folder = files(package) / "schema"
    if not folder.is_dir():
        return []
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".sql"))
    return [_File(package, name, (folder / name).read_text(encoding="utf-8")) for name in names]
