"""What `python -m services.audit.main TASK` does instead of serving."""

from __future__ import annotations

import argparse
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from services.audit.checkpoints.delivering import deliver, places
from services.audit.checkpoints.signing import sign_now, signing_key
from services.audit.settings import AuditSettings
from shared.eventstore import Pool, connect_pool


async def checkpoint(settings: AuditSettings, arguments: Sequence[str]) -> int:
    """Signs the log as it is now, prints the note and takes it to its places. 1: some place was not reached."""
    argparse.ArgumentParser(prog="checkpoint", description="Sign all trees now.").parse_args(arguments)
    async with _pool(settings) as pool:
        signed = await sign_now(pool, signing_key(settings.checkpoint_key_file), settings.checkpoint_origin)
        sys.stdout.write(signed.note)
        failed = await deliver(pool, places(settings))
    sys.stderr.write("".join(f"{sentence}\n" for sentence in failed))
    return 1 if failed else 0


@asynccontextmanager
async def _pool(settings: AuditSettings) -> AsyncIterator[Pool]:
    pool = await connect_pool(settings.database_url, application_name="audit task")
    try:
        yield pool
    finally:
        await pool.close()
