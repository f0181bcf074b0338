"""PostgreSQL never runs as root: where the kernel refuses namespaces, root's server runs as nobody."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from deploy.embedded.postgres import Postgres, binaries
from deploy.embedded.privileges import unprivileged

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root has to give up rights")


@pytest.fixture
def reachable() -> Iterator[Path]:
    """A folder that another user can get through to; pytest's own are private."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    (folder / "home").mkdir(mode=0o700)
    yield folder / "home"
    shutil.rmtree(folder)


def refuse_namespaces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deploy.embedded.privileges.shutil.which", lambda *_arguments, **_options: None)


async def rows_after_a_start(server: Postgres) -> int:
    await server.start()
    try:
        connection = await asyncpg.connect(server.dsn())
        await connection.execute("CREATE TABLE IF NOT EXISTS kept (at int); INSERT INTO kept VALUES (1)")
        count: int = await connection.fetchval("SELECT count(*) FROM kept")
        await connection.close()
    finally:
        await server.stop()
    return count


@as_root
async def test_one_data_folder_serves_in_a_namespace_and_as_nobody(
    reachable: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as refused:
        refuse_namespaces(refused)
        try:
            unprivileged().refuse_unreachable(binaries() / "postgres")
        except PermissionError as error:
            pytest.skip(f"installed where nobody cannot reach it: {error}")
    log = reachable.parent / "log"

    assert await rows_after_a_start(Postgres(reachable / "postgres", log)) == 1
    with monkeypatch.context() as refused:
        refuse_namespaces(refused)
        assert await rows_after_a_start(Postgres(reachable / "postgres", log)) == 2
        assert (reachable / "postgres").stat().st_uid != os.geteuid()
    assert await rows_after_a_start(Postgres(reachable / "postgres", log)) == 3


@as_root
async def test_a_private_folder_on_the_way_is_named_and_left_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_namespaces(monkeypatch)
    private = tmp_path / "private"
    (private / "home").mkdir(parents=True)
    private.chmod(0o700)

    with pytest.raises(PermissionError, match="the user nobody cannot get through"):
        await Postgres(private / "home" / "postgres", tmp_path / "log").start()

    assert private.stat().st_mode & 0o777 == 0o700
