"""What a mail server's behaviour means: sent, to be tried again, failed, or unknown."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from services.notifications.adapters.folder import FolderSender
from services.notifications.adapters.sender import Message, Sender
from services.notifications.adapters.smtp import SmtpSender, SmtpServer, trusting
from services.notifications.domain.message.result import (
    Accepted,
    NoAnswer,
    PermanentRefusal,
    TemporaryRefusal,
)
from tests.integration.notifications.certificates import self_signed
from tests.integration.notifications.conftest import FROM, sender_to
from tests.integration.notifications.mail_server import HOST, MailServer, serving

MESSAGE = Message("ana@example.com", "CR-1: Our answer", "Dear Ana\n.\nThe end", "<CR-1.x@anytown.example>")
PASSWORD = "correct horse"


async def test_a_message_is_taken(mail: MailServer, sender: SmtpSender) -> None:
    assert await sender.send(MESSAGE) == Accepted("250 2.0.0 OK: queued")
    [taken] = mail.handed
    assert taken.get_content().replace("\r\n", "\n") == "Dear Ana\n.\nThe end\n"


@pytest.mark.parametrize(
    ("answer", "result"),
    [
        ("451 4.3.0 later", TemporaryRefusal(451, "451 4.3.0 later")),
        ("421 closing", TemporaryRefusal(421, "421 closing")),
        ("554 5.7.1 spam", PermanentRefusal(554, "554 5.7.1 spam")),
    ],
)
async def test_the_answer_to_the_message_decides(
    mail: MailServer, sender: SmtpSender, answer: str, result: object
) -> None:
    mail.answers = (answer,)
    assert await sender.send(MESSAGE) == result


async def test_a_recipient_that_is_refused_for_good(mail: MailServer, sender: SmtpSender) -> None:
    mail.refuse_recipient = "550 5.1.1 unknown"
    assert await sender.send(MESSAGE) == PermanentRefusal(550, "550 5.1.1 unknown")
    assert mail.handed == []


async def test_a_recipient_that_is_refused_for_now(mail: MailServer, sender: SmtpSender) -> None:
    mail.refuse_recipient = "450 4.2.1 greylisted"
    assert await sender.send(MESSAGE) == TemporaryRefusal(450, "450 4.2.1 greylisted")


async def test_a_server_that_is_not_there_is_tried_again() -> None:
    with socket.socket() as unused:
        unused.bind((HOST, 0))
        sender = sender_to(MailServer(port=unused.getsockname()[1]))
        assert isinstance(await sender.send(MESSAGE), TemporaryRefusal)


async def test_a_lost_answer_is_unknown(mail: MailServer, sender: SmtpSender) -> None:
    mail.hold = asyncio.Event()
    result = await replace(sender, longest=0.5).send(MESSAGE)
    assert isinstance(result, NoAnswer)
    assert len(mail.handed) == 1


@asynccontextmanager
async def dropping(after: bytes, *, invited: bool) -> AsyncIterator[SmtpSender]:
    """A server that closes the connection when it reads a line that begins so."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 here\r\n")
        while line := await reader.readline():
            if line.startswith(after):
                if invited:
                    writer.write(b"354 go on\r\n")
                    await reader.readuntil(b"\r\n.\r\n")
                break
            writer.write(b"250 fine\r\n")
        writer.close()

    server = await asyncio.start_server(talk, HOST, 0)
    async with server:
        yield sender_to(MailServer(port=server.sockets[0].getsockname()[1]))


@pytest.mark.parametrize("verb", [b"EHLO", b"MAIL", b"RCPT", b"DATA"])
async def test_a_connection_lost_before_the_message_went_is_tried_again(verb: bytes) -> None:
    async with dropping(verb, invited=False) as sender:
        assert isinstance(await sender.send(MESSAGE), TemporaryRefusal)


async def test_a_connection_lost_after_the_message_went_is_unknown() -> None:
    async with dropping(b"DATA", invited=True) as sender:
        assert isinstance(await sender.send(MESSAGE), NoAnswer)


async def test_starttls_and_a_password(tmp_path: Path) -> None:
    certificate, context = self_signed(tmp_path)
    async with serving(MailServer(), tls=context, password=PASSWORD) as mail:
        server = SmtpServer(HOST, mail.port, trusting(certificate), "council", PASSWORD)
        sender = SmtpSender(server, "Anytown Council", FROM, 5.0)
        assert isinstance(await sender.send(MESSAGE), Accepted)
        wrong = replace(sender, server=replace(server, password="wrong"))
        assert isinstance(await wrong.send(MESSAGE), TemporaryRefusal)
    assert len(mail.handed) == 1


async def test_a_certificate_that_nobody_vouches_for_gets_no_message(tmp_path: Path) -> None:
    _, context = self_signed(tmp_path)
    async with serving(MailServer(), tls=context) as mail:
        sender = SmtpSender(SmtpServer(HOST, mail.port, trusting()), "Anytown Council", FROM, 5.0)
        assert isinstance(await sender.send(MESSAGE), TemporaryRefusal)
    assert mail.handed == []


async def test_a_server_without_starttls_gets_no_message_where_it_is_asked_for(mail: MailServer) -> None:
    sender = SmtpSender(SmtpServer(HOST, mail.port, trusting()), "Anytown Council", FROM, 5.0)
    assert isinstance(await sender.send(MESSAGE), TemporaryRefusal)
    assert mail.handed == []


@pytest.fixture(params=["smtp", "folder"])
def any_sender(request: pytest.FixtureRequest, mail: MailServer, tmp_path: Path) -> Sender:
    """Each sender that stands behind the port."""
    if request.param == "smtp":
        return sender_to(mail)
    return FolderSender(tmp_path / "outgoing", "Anytown Council", FROM)


async def test_every_sender_takes_a_message(any_sender: Sender) -> None:
    assert isinstance(await any_sender.send(MESSAGE), Accepted)
    assert any_sender.longest > 0


async def test_every_sender_refuses_what_is_no_address_for_good(any_sender: Sender) -> None:
    assert isinstance(await any_sender.send(replace(MESSAGE, to="no address")), PermanentRefusal)


async def test_a_folder_that_cannot_be_written_to_is_tried_again(tmp_path: Path) -> None:
    (tmp_path / "outgoing").write_text("a file, not a folder")
    sender = FolderSender(tmp_path / "outgoing", "Anytown Council", FROM)
    assert isinstance(await sender.send(MESSAGE), TemporaryRefusal)


async def test_a_message_kept_twice_is_one_file(tmp_path: Path) -> None:
    sender = FolderSender(tmp_path, "Anytown Council", FROM)
    await sender.send(MESSAGE)
    await sender.send(MESSAGE)
    assert _names(tmp_path) == ["CR-1.x@anytown.example.eml"]


def _names(folder: Path) -> list[str]:
    return [file.name for file in folder.iterdir()]
