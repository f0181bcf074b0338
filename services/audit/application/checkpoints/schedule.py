"""Signs a checkpoint when the newest is too old, and takes to its places what hasn't got there."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Final

import asyncpg
import structlog

from services.audit.application.checkpoints.delivery import deliver, destinations
from services.audit.application.checkpoints.signed import newest, sign_now, signing_key
from services.audit.settings import AuditSettings
from shared.kit.eventstore import Pool
from shared.kit.merkle import SigningKey

_LOOK_EVERY: Final = 10.0
_log = structlog.get_logger(__name__)


class Schedule:
    """The checkpoints of a running service. The first process of several keeps them.

    Raises:
        OSError, ValueError: the signing key can't be read: the service doesn't start without it.
    """

    def __init__(self, pool: Pool, settings: AuditSettings) -> None:
        self._pool = pool
        self._settings = settings
        self._key: SigningKey = signing_key(settings.checkpoint_key_file)
        self._destinations = destinations(settings)

    async def run(self) -> None:
        """Looks every few seconds, until cancelled. What fails is logged and tried again."""
        while True:
            if self._settings.instance == 1:
                try:
                    await self.look(datetime.now(UTC))
                except (
                    OSError,
                    TimeoutError,
                    KeyError,
                    asyncpg.PostgresError,
                    asyncpg.InterfaceError,
                ) as error:
                    _log.error("no checkpoint", why=f"{type(error).__name__}: {error}")
            await asyncio.sleep(_LOOK_EVERY)

    async def look(self, now: datetime) -> None:
        last = await newest(self._pool)
        if last is None or now - last.at >= max(self._settings.checkpoint_every, timedelta(seconds=1)):
            signed = await sign_now(self._pool, self._key, self._settings.checkpoint_origin)
            _log.info("checkpoint signed", number=signed.number)
        await deliver(self._pool, self._destinations)
