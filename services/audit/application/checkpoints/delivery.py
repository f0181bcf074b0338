"""Takes checkpoints out of the database: into a folder and by mail. What fails is tried again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Final

import aiosmtplib
import structlog

from services.audit.application.checkpoints.signed import Signed
from services.audit.settings import AuditSettings
from shared.kit import sql
from shared.kit.durable import write_whole
from shared.kit.eventstore import Pool

_SQL: Final = sql.Statements(__package__)
_MAIL_SECONDS: Final = 30.0
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Destination:
    """Somewhere outside: `folder` or `mail`, which one, and how a checkpoint gets there."""

    means: str
    target: str
    deliver: Callable[[Signed], Awaitable[None]]


def destinations(settings: AuditSettings) -> list[Destination]:
    folder = settings.checkpoints.resolve()

    async def write(signed: Signed) -> None:
        await asyncio.to_thread(_write, folder / file_name(signed), signed.note)

    return [
        Destination("folder", str(folder), write),
        *(_mail(settings, address) for address in settings.checkpoint_mail_to),
    ]


async def deliver(pool: Pool, destinations: list[Destination]) -> list[str]:
    """Takes every checkpoint to each destination that it hasn't reached; gives what failed, one sentence each."""
    failed = []
    for destination in destinations:
        for row in await pool.fetch(_SQL.undelivered, destination.means, destination.target):
            signed = Signed(*row)
            try:
                await destination.deliver(signed)
            except (OSError, TimeoutError, aiosmtplib.SMTPException) as error:
                failed.append(f"checkpoint {signed.number} did not get to {destination.target}: {error}")
                _log.warning(
                    "checkpoint not delivered", number=signed.number, to=destination.target, why=str(error)
                )
                break
            await pool.execute(_SQL.delivered, signed.number, destination.means, destination.target)
    return failed


def file_name(signed: Signed) -> str:
    """Sorts by number."""
    return f"checkpoint-{signed.number:08}-{_compact(signed.at)}.txt"


def _write(path: Path, note: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, note.encode())


def _mail(settings: AuditSettings, address: str) -> Destination:
    async def send(signed: Signed) -> None:
        password = settings.smtp_password_file if settings.smtp_username else None
        await aiosmtplib.send(
            _message(settings.checkpoint_mail_from, address, signed),
            hostname=settings.smtp_host,
            port=settings.smtp_port,
            start_tls=settings.smtp_starttls,
            username=settings.smtp_username or None,
            password=None if password is None else password.read_text("utf-8").strip(),
            timeout=_MAIL_SECONDS,
        )

    return Destination("mail", address, send)


def _message(sender: str, to: str, signed: Signed) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = sender, to
    message["Subject"] = f"Redress checkpoint {signed.number} of {_compact(signed.at)}"
    message["Message-ID"] = f"<checkpoint-{signed.number}-{_compact(signed.at)}@{sender.rpartition('@')[2]}>"
    message["Date"] = signed.at
    message.set_content(signed.note)
    return message


def _compact(at: datetime) -> str:
    return f"{at:%Y%m%dT%H%M%SZ}"
