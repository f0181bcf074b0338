"""Makes checkpoints: measures all trees, signs, and keeps the signed note."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from services.audit.application.checkpoints.heads import heads_at, roots_at
from services.audit.views.log.tree import sizes
from shared.kit import sql
from shared.kit.eventstore import Pool
from shared.kit.log import PARTITIONS
from shared.kit.merkle import Checkpoint, SigningKey, TreeHead, VerifyKey, sign_note, tree_of

_SQL: Final = sql.Statements(__package__)


@dataclass(frozen=True, slots=True)
class Signed:
    """A checkpoint as it is kept: its number here, and the signed note."""

    number: int
    at: datetime
    note: str


def signing_key(file: Path) -> SigningKey:
    """The key in a private file.

    Raises:
        OSError, ValueError: it isn't there, isn't private or isn't a key.
    """
    return SigningKey.from_setting(f"file:{file}")


def trusted_key(public: Path | None, private: Path) -> VerifyKey:
    """What checkpoints are checked with: the public half, taken from the private one where it has no file.

    Raises:
        OSError, ValueError: there is no such key.
    """
    if public is not None:
        return VerifyKey.parse(public.read_text("utf-8"))
    return signing_key(private).verify_key


async def sign_now(pool: Pool, key: SigningKey, origin: str) -> Signed:
    """Signs all trees as they are now, and keeps the note."""
    async with pool.acquire() as connection:
        found = await sizes(connection, range(PARTITIONS))
    now = [found[partition] for partition in range(PARTITIONS)]
    heads = tree_of(await heads_at(pool, now))
    checkpoint = Checkpoint(
        origin, datetime.now(UTC), await roots_at(pool, now), TreeHead(heads.size, heads.root())
    )
    note = sign_note(checkpoint.body(), key)
    return Signed(await pool.fetchval(_SQL.insert, checkpoint.at, note), checkpoint.at, note)


async def newest(pool: Pool) -> Signed | None:
    """The last checkpoint that was signed."""
    found = await latest(pool, 1)
    return found[0] if found else None


async def latest(pool: Pool, limit: int) -> list[Signed]:
    """Up to so many, the newest first."""
    return [Signed(*row) for row in await pool.fetch(_SQL.newest, limit)]
