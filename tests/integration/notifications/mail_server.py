"""A real SMTP server on loopback that answers as it is told and remembers what it took."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

HOST = "127.0.0.1"
TAKEN = "250 2.0.0 OK: queued"


@dataclass
class MailServer:
    """What it answers to DATA (the last answer for ever after), and what it was handed, refused or not.

    While `hold` is set, no answer to DATA leaves. `refuse_recipient` answers RCPT instead.
    """

    answers: Sequence[str] = (TAKEN,)
    refuse_recipient: str | None = None
    hold: asyncio.Event | None = None
    handed: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    port: int = 0

    async def handle_RCPT(  # noqa: N802  aiosmtpd's name and arguments
        self,
        server: SMTP,  # noqa: ARG002
        session: Session,  # noqa: ARG002
        envelope: Envelope,
        address: str,
        options: list[str],  # noqa: ARG002
    ) -> str:
        """Takes or refuses a recipient."""
        if self.refuse_recipient is not None:
            return self.refuse_recipient
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802, ARG002
        """Remembers the message and gives the next answer."""
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=default)
        assert isinstance(message, EmailMessage)
        self.handed.append(message)
        self.recipients.append(list(envelope.rcpt_tos))
        answer = self.answers[min(len(self.handed), len(self.answers)) - 1]
        self.arrived.set()
        if self.hold is not None:
            await self.hold.wait()
        return answer


@asynccontextmanager
async def serving(
    server: MailServer, *, tls: ssl.SSLContext | None = None, password: str | None = None
) -> AsyncIterator[MailServer]:
    """Serves on a free port; with `tls` it wants STARTTLS, with `password` a login as `council`."""

    def authenticate(
        _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: object
    ) -> AuthResult:
        right = (
            isinstance(data, LoginPassword)
            and data.login == b"council"
            and data.password == (password or "").encode()
        )
        return AuthResult(success=right, handled=False)

    loop = asyncio.get_running_loop()
    connections: set[asyncio.BaseTransport] = set()

    class Protocol(SMTP):
        """Remembers its connection, so that none outlives the test."""

        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            connections.add(transport)
            super().connection_made(transport)

    listening = await loop.create_server(
        lambda: Protocol(
            server,
            hostname="localhost",
            enable_SMTPUTF8=True,
            loop=loop,
            tls_context=tls,
            require_starttls=tls is not None,
            authenticator=authenticate if password is not None else None,
            auth_required=password is not None,
        ),
        HOST,
        0,
    )
    server.port = listening.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listening.close()
        for connection in connections:
            connection.close()
        await asyncio.sleep(0)
