"""After a restore of the keyring: what was destroyed since the backup is destroyed again, first of all."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from shared.kit.keyring.port import Keyring


async def reapply_destructions(keyring: Keyring, destroyed: Iterable[tuple[UUID | None, UUID | None]]) -> int:
    """Destroys again every (owner, case) that the log says was destroyed; how many keys had come back.

    (owner, None) is an erased person, (None, case) a case disposed of. Run it before any service starts.
    """
    total = 0
    for owner, case in destroyed:
        total += await keyring.destroy(owner=owner, case=case)
    return total
