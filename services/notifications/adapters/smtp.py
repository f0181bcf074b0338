"""Sends through a mail server (RFC 5321), with STARTTLS and a password where it wants them.

What matters is at which moment a connection is lost. Before the message's last byte has gone, the server can't have
taken it: it may be tried again. After that only the server's answer tells; without it nobody knows.
"""

from __future__ import annotations

import asyncio
import re
import ssl
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from aiosmtplib import SMTP, SMTPException, SMTPResponse, SMTPResponseException

from services.notifications.adapters.email import BadAddress, address, compose
from services.notifications.adapters.sender import Message
from services.notifications.domain.message.result import (
    Accepted,
    NoAnswer,
    PermanentRefusal,
    Result,
    TemporaryRefusal,
)
from services.notifications.domain.plain_text import one_line

_LEADING_DOT: Final = re.compile(rb"(?m)^\.")
_START_INPUT: Final = 354
_PERMANENT: Final = 500
_TAKEN: Final = range(200, 300)
_LONGEST_ANSWER: Final = 200


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """Where and how to hand mail over. With `tls` nothing is said before STARTTLS; without, nothing is encrypted."""

    host: str
    port: int
    tls: ssl.SSLContext | None
    username: str | None = None
    password: str | None = None


def trusting(authorities: Path | None = None) -> ssl.SSLContext:
    """A context that checks certificates against the system's authorities, and those of a file (PEM) besides.

    Raises:
        OSError: the file can't be read, or holds none.
    """
    context = ssl.create_default_context()
    if authorities is not None:
        context.load_verify_locations(authorities)
    return context


@dataclass(frozen=True, slots=True)
class SmtpSender:
    """A `Sender` on one mail server, with a connection for each message.

    `longest` bounds the whole conversation, in seconds; no lease on the work may be shorter.
    """

    server: SmtpServer
    sender_name: str
    sender_address: str
    longest: float = 30.0

    async def send(self, message: Message) -> Result:
        """One conversation with the server. A refused greeting or login says nothing of the message: for now."""
        try:
            to = address(message.to)
            content = compose(message, self.sender_name, self.sender_address, datetime.now(UTC))
        except BadAddress as error:
            return PermanentRefusal(None, str(error))
        handover = _Handover(self._client())
        try:
            async with asyncio.timeout(self.longest):
                return await handover.run(self.sender_address, to, content)
        except (SMTPException, OSError, TimeoutError) as error:
            return handover.lost(error)
        finally:
            handover.client.close()

    def _client(self) -> SMTP:
        server = self.server
        return SMTP(
            hostname=server.host,
            port=server.port,
            start_tls=server.tls is not None,
            tls_context=server.tls,
            username=server.username,
            password=server.password,
            local_hostname=self.sender_address.rpartition("@")[2],
            timeout=self.longest,
        )


class _Handover:
    """One conversation, which knows how far it has come."""

    def __init__(self, client: SMTP) -> None:
        self.client = client
        self._handed_over = False

    async def run(self, sender: str, to: str, content: bytes) -> Result:
        """Greets, names sender and recipient, hands the message over and waits for the answer."""
        await self.client.connect()
        try:
            await self.client.mail(sender)
            await self.client.rcpt(to)
        except SMTPResponseException as refusal:
            return _refusal(SMTPResponse(refusal.code, refusal.message))
        result = await self._data(content)
        with suppress(SMTPException, OSError, TimeoutError):
            await self.client.quit(timeout=2)
        return result

    async def _data(self, content: bytes) -> Result:
        invitation = await self.client.execute_command(b"DATA")
        if invitation.code != _START_INPUT:
            return _refusal(invitation)
        protocol = self.client.protocol
        assert protocol is not None
        self._handed_over = True
        protocol.write(_LEADING_DOT.sub(b"..", content) + b".\r\n")
        answer = await protocol.read_response(timeout=None)
        return Accepted(_words(answer)) if answer.code in _TAKEN else _refusal(answer)

    def lost(self, error: Exception) -> Result:
        if self._handed_over:
            return NoAnswer(f"no answer after the message had gone: {type(error).__name__}")
        code = error.code if isinstance(error, SMTPResponseException) else None
        return TemporaryRefusal(code, one_line(f"{type(error).__name__}: {error}", _LONGEST_ANSWER))


def _refusal(answer: SMTPResponse) -> Result:
    if answer.code >= _PERMANENT:
        return PermanentRefusal(answer.code, _words(answer))
    return TemporaryRefusal(answer.code, _words(answer))


def _words(answer: SMTPResponse) -> str:
    return one_line(f"{answer.code} {answer.message}", _LONGEST_ANSWER)
