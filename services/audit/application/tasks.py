"""What `python -m services.audit.main TASK` does instead of serving."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg

from services.audit.application.checkpoints.delivery import deliver, destinations
from services.audit.application.checkpoints.signed import sign_now, signing_key, trusted_key
from services.audit.application.proofs.prove import NoSuchCaseError, prove
from services.audit.application.verification.copies import copies
from services.audit.application.verification.verify import verify as compare
from services.audit.settings import AuditSettings
from shared.kit.eventstore import Pool, connect_pool
from shared.kit.log import KafkaError

CANT = 2
"""The exit status of a task that could not be done at all."""


async def verify(settings: AuditSettings, arguments: Sequence[str]) -> int:
    """Compares stores, log and audit's copy. 0: they agree; 1: something is not as it was."""
    parser = argparse.ArgumentParser(prog="verify", description="Compare every event in three places.")
    parser.add_argument(
        "--checkpoint", type=Path, help="A checkpoint from outside, such as one that was mailed."
    )
    given = parser.parse_args(arguments)
    try:
        note = None if given.checkpoint is None else given.checkpoint.read_text("utf-8")
        trusted = trusted_key(settings.checkpoint_public_key_file, settings.checkpoint_key_file)
        async with copies(settings) as every:
            report = await compare(every, trusted, note)
    except (OSError, ValueError, asyncpg.PostgresError, KafkaError) as error:
        sys.stderr.write(f"Nothing could be verified: {type(error).__name__}: {error}\n")
        return CANT
    sys.stdout.write("".join(f"{line}\n" for line in report.lines()))
    return 1 if report.faults else 0


async def prove_case(settings: AuditSettings, arguments: Sequence[str]) -> int:
    """Writes the proof about a case. 1: there is no such case."""
    parser = argparse.ArgumentParser(prog="prove", description="The events of a case, with their proof.")
    parser.add_argument("reference")
    parser.add_argument("--out", type=Path, help="Where to write it; standard output else.")
    given = parser.parse_args(arguments)
    async with _pool(settings) as pool:
        key = signing_key(settings.checkpoint_key_file)
        try:
            proof = await prove(pool, key, settings.checkpoint_origin, given.reference)
        except NoSuchCaseError:
            sys.stderr.write(f"Audit has no case {given.reference}.\n")
            return 1
    written = json.dumps(proof, indent=2, ensure_ascii=False) + "\n"
    if given.out is None:
        sys.stdout.write(written)
    else:
        given.out.write_text(written, "utf-8")
        sys.stdout.write(f"{len(proof['events'])} events of {given.reference} proven in {given.out}\n")
    return 0


async def checkpoint(settings: AuditSettings, arguments: Sequence[str]) -> int:
    """Signs the log as it is now, prints the note and takes it to its places. 1: some place was not reached."""
    argparse.ArgumentParser(prog="checkpoint", description="Sign all trees now.").parse_args(arguments)
    async with _pool(settings) as pool:
        signed = await sign_now(pool, signing_key(settings.checkpoint_key_file), settings.checkpoint_origin)
        sys.stdout.write(signed.note)
        failed = await deliver(pool, destinations(settings))
    sys.stderr.write("".join(f"{sentence}\n" for sentence in failed))
    return 1 if failed else 0


@asynccontextmanager
async def _pool(settings: AuditSettings) -> AsyncIterator[Pool]:
    pool = await connect_pool(settings.database_url, application_name="audit task")
    try:
        yield pool
    finally:
        await pool.close()
