"""Keeps each message as an `.eml` file in a folder: for a council's dry run, where nothing may leave yet."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from services.notifications.adapters.email import BadAddress, compose
from services.notifications.adapters.sender import Message
from services.notifications.domain.message.result import Accepted, PermanentRefusal, Result, TemporaryRefusal
from shared.kit.durable import write_whole

_NOT_IN_A_NAME: Final = re.compile(r"[^A-Za-z0-9.@-]+")


@dataclass(frozen=True, slots=True)
class FolderSender:
    """A `Sender` that writes files, named after the Message-ID, whole or not at all."""

    folder: Path
    sender_name: str
    sender_address: str
    longest: float = 10.0

    async def send(self, message: Message) -> Result:
        """Writes one file; a full or missing disk is a refusal for now."""
        try:
            content = compose(message, self.sender_name, self.sender_address, datetime.now(UTC))
        except BadAddress as error:
            return PermanentRefusal(None, str(error))
        try:
            await asyncio.to_thread(self._keep, self._name(message), content)
        except OSError as error:
            return TemporaryRefusal(None, f"the folder can't be written to: {error.strerror}")
        return Accepted("kept in the folder")

    @staticmethod
    def _name(message: Message) -> str:
        return _NOT_IN_A_NAME.sub("-", message.message_id.strip("<>")) + ".eml"

    def _keep(self, name: str, content: bytes) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(self.folder / name, content)
