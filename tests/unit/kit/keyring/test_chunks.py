"""Bytes sealed in chunks come back whole, or not at all, and never lie in memory together."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from shared.kit.keyring import Spoiled
from shared.kit.keyring.chunks import CHUNK, opened, pieces, sealed

SECRET = bytes(range(32))
HERE = b"blob:here"
FRAME = CHUNK + 16


async def _all(stream: AsyncIterator[bytes]) -> bytes:
    return b"".join([piece async for piece in stream])


async def _in(data: bytes, size: int) -> AsyncIterator[bytes]:
    for start in range(0, len(data), size):
        yield data[start : start + size]


async def _seal(data: bytes) -> bytes:
    return await _all(sealed(pieces(data), SECRET, HERE))


async def _open(stored: bytes, bound_to: bytes = HERE) -> bytes:
    return await _all(opened(_in(stored, 70_001), SECRET, bound_to))


@pytest.mark.parametrize("length", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 17])
async def test_what_was_sealed_comes_back_however_it_is_cut(length: int) -> None:
    data = os.urandom(length)
    stored = await _seal(data)
    assert len(stored) == 7 + length + 16 * max(1, -(-length // CHUNK))
    assert await _open(stored) == data


@pytest.mark.parametrize(
    "spoil",
    [
        lambda stored: stored[:-1],
        lambda stored: stored[: 7 + FRAME],
        lambda stored: stored[: 7 + 2 * FRAME],
        lambda stored: stored[:7] + stored[7 + FRAME :],
        lambda stored: (
            stored[:7] + stored[7 + FRAME : 7 + 2 * FRAME] + stored[7 : 7 + FRAME] + stored[7 + 2 * FRAME :]
        ),
        lambda stored: stored[: 7 + FRAME] + stored[7:],
        lambda stored: stored + b"more",
        lambda stored: bytes(7) + stored[7:],
        lambda stored: stored[:100] + bytes([stored[100] ^ 1]) + stored[101:],
        lambda stored: stored[:5],
        lambda _: b"",
    ],
    ids=[
        "a byte cut off",
        "cut after a chunk",
        "cut after two",
        "the first left out",
        "two changed over",
        "one twice",
        "something added",
        "another prefix",
        "a bit changed",
        "a part of the prefix",
        "nothing",
    ],
)
async def test_what_was_changed_moved_or_cut_does_not_open(spoil: object) -> None:
    stored = await _seal(os.urandom(2 * CHUNK + 5))
    assert callable(spoil)
    with pytest.raises(Spoiled):
        await _open(spoil(stored))


async def test_what_was_sealed_for_another_place_does_not_open() -> None:
    with pytest.raises(Spoiled):
        await _open(await _seal(b"kerb"), b"blob:elsewhere")


_PROGRAM = """
import asyncio, resource, sys
from uuid import uuid4
from shared.kit.blobs import BlobStore
from shared.kit.keyring import Sealer
from tests.unit.kit.keyring.dict_keyring import DictKeyring

async def hundred():
    for number in range(100):
        yield bytes([number]) * (1024 * 1024)

async def main():
    sealer = Sealer(DictKeyring(), BlobStore.open(sys.argv[1]))
    person, case = uuid4(), uuid4()
    await sealer.open_bytes(await sealer.seal_bytes(b"warm", person, case, "f", "t/t"), case, "f")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    blob = await sealer.seal_stream(hundred(), person, case, "f", "t/t")
    stream, number = await sealer.open_stream(blob, case, "f"), 0
    async for piece in stream:
        assert set(piece) == {number // (1024 * 1024)}, number
        number += len(piece)
    assert number == blob.size == 100 * 1024 * 1024
    print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)

asyncio.run(main())
"""


def test_a_file_of_100_mb_is_written_read_and_checked_without_lying_in_memory(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, str(tmp_path)],
        cwd=Path(__file__).parents[4],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 30, f"{done.stdout.strip()} MB more than before"
