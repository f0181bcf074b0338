"""What the blob store promises."""

from __future__ import annotations

import asyncio
import hashlib
import os
from pathlib import Path

import pytest

from shared.kit.blobs import BlobStore, CorruptBlob

DATA = b"sealed bytes"
NAME = hashlib.sha256(DATA).hexdigest()


@pytest.fixture(params=["folder", "file url", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> BlobStore:
    where = {
        "folder": str(tmp_path / "a" / "blobs"),
        "file url": (tmp_path / "blobs").as_uri(),
        "memory": "memory:///",
    }
    return BlobStore.open(where[request.param])


async def test_bytes_are_found_under_their_hash(store: BlobStore) -> None:
    assert await store.put(DATA) == NAME
    assert await store.get(NAME) == DATA
    assert await store.exists(NAME)


async def test_what_was_never_put_is_not_there(store: BlobStore) -> None:
    assert await store.get(NAME) is None
    assert not await store.exists(NAME)


async def test_putting_again_changes_nothing(store: BlobStore) -> None:
    assert await asyncio.gather(*(store.put(DATA) for _ in range(8))) == [NAME] * 8
    assert await store.get(NAME) == DATA


@pytest.mark.parametrize("size", [0, 1, 6 * 1024 * 1024])
async def test_blobs_of_any_size_come_back_whole(store: BlobStore, size: int) -> None:
    data = os.urandom(size)
    assert await store.get(await store.put(data)) == data


@pytest.mark.parametrize(
    "name", ["", "..", "../../etc/passwd", NAME.upper(), NAME[:-1], NAME + "0", "g" * 64]
)
async def test_only_a_hash_names_a_blob(store: BlobStore, name: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        await store.get(name)
    with pytest.raises(ValueError, match="SHA-256"):
        await store.exists(name)


async def test_a_blob_lies_two_folders_deep_and_the_root_is_its_owner_s_alone(tmp_path: Path) -> None:
    root = tmp_path / "blobs"
    await BlobStore.open(root).put(DATA)
    assert [p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file()] == [
        f"{NAME[:2]}/{NAME[2:4]}/{NAME}"
    ]
    assert root.stat().st_mode & 0o777 == 0o700


async def test_a_changed_blob_is_never_handed_out(tmp_path: Path) -> None:
    store = BlobStore.open(tmp_path)
    await store.put(DATA)
    (tmp_path / NAME[:2] / NAME[2:4] / NAME).write_bytes(b"other bytes")
    with pytest.raises(CorruptBlob) as corrupt:
        await store.get(NAME)
    assert corrupt.value.sha256 == NAME


async def test_a_blob_torn_by_a_crash_is_made_whole_by_putting_it_again(tmp_path: Path) -> None:
    store = BlobStore.open(tmp_path)
    file = tmp_path / NAME[:2] / NAME[2:4] / NAME
    file.parent.mkdir(parents=True)
    file.write_bytes(DATA[:3])
    await store.put(DATA)
    assert await store.get(NAME) == DATA


@pytest.mark.parametrize("there_already", [False, True])
async def test_a_blob_and_every_folder_above_it_are_flushed_before_put_returns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, there_already: bool
) -> None:
    """Also when it is there already: another writer may have linked it and not yet flushed it."""
    store = BlobStore.open(tmp_path)
    if there_already:
        await store.put(DATA)
    flushed: list[Path] = []
    flush = os.fsync

    def spy(descriptor: int) -> None:
        flushed.append(Path(f"/proc/self/fd/{descriptor}").readlink())
        flush(descriptor)

    monkeypatch.setattr("os.fsync", spy)
    await store.put(DATA)
    file = tmp_path / NAME[:2] / NAME[2:4] / NAME
    assert flushed == [file, file.parent, file.parent.parent, tmp_path]
