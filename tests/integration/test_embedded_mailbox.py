"""The mailbox keeps what it answered 250 for, as it came, with the envelope in front."""

import asyncio
import email
import smtplib
from email import policy
from email.message import EmailMessage

import pytest

from deploy.embedded.supervisor import Embedded
from tests.conftest import until


def send(port: int, message: EmailMessage, *recipients: str) -> None:
    with smtplib.SMTP("127.0.0.1", port) as client:
        client.send_message(message, from_addr="sender@council.example", to_addrs=recipients)


async def test_each_message_is_one_file_with_the_envelope_that_its_headers_may_not_show(
    embedded: Embedded,
) -> None:
    message = EmailMessage()
    message["From"], message["To"] = "casework@council.example", "siân@resident.example"
    message["Subject"] = "Ateb i'ch cwyn: CC-é-2026-17"
    message.set_content("Annwyl Siân,\n\n.a line that starts with a dot\n")

    await asyncio.to_thread(send, embedded.smtp_port, message, "one@resident.example", "two@resident.example")

    folder = embedded.home.mail
    await until(lambda: bool(list(folder.glob("*.eml"))))
    (kept,) = folder.glob("*.eml")
    read = email.message_from_bytes(kept.read_bytes(), policy=policy.default)
    assert read["X-Envelope-From"] == "sender@council.example"
    assert read["X-Envelope-To"] == "one@resident.example, two@resident.example"
    assert read["Subject"] == message["Subject"]
    assert read.get_content().splitlines() == message.get_content().splitlines()


async def test_a_message_over_the_limit_is_refused_not_cut_short(embedded: Embedded) -> None:
    kept = set(embedded.home.mail.iterdir())
    message = EmailMessage()
    message["Subject"] = "large"
    message.set_content("a line of text that is long enough to matter here\n" * 700_000)

    with pytest.raises(smtplib.SMTPSenderRefused, match="exceeds fixed maximum"):
        await asyncio.to_thread(send, embedded.smtp_port, message, "one@resident.example")

    assert set(embedded.home.mail.iterdir()) == kept
