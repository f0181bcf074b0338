"""A message as the bytes of an e-mail, safe whatever stands in names, subjects and texts."""

from __future__ import annotations

from datetime import datetime
from email.charset import QP, Charset
from email.errors import HeaderParseError, MessageDefect
from email.header import Header
from email.headerregistry import Address
from email.mime.nonmultipart import MIMENonMultipart
from email.policy import compat32
from email.utils import format_datetime
from typing import Final

from services.notifications.adapters.sender import Message
from services.notifications.domain.plain_text import letter_text, one_line

_UTF_8: Final = Charset("utf-8")
_UTF_8.body_encoding = QP
_HEADER_LINE: Final = 70
_LONGEST_LINE: Final = 998  # RFC 5322: a Message-ID stays on its line
_ON_THE_WIRE: Final = compat32.clone(linesep="\r\n", max_line_length=_LONGEST_LINE)


class BadAddress(ValueError):
    """Not an e-mail address that a message could go to."""


def address(text: str) -> str:
    """The address in ASCII, its domain as DNS knows it.

    Raises:
        BadAddress: it isn't one address of the form local@domain, or its local part goes beyond ASCII.
    """
    text = text.strip()
    if not text.isprintable() or any(letter.isspace() for letter in text):
        raise BadAddress("an address is printable and has no spaces")
    try:
        parsed = Address(addr_spec=text)
        domain = parsed.domain.encode("idna").decode()
    except (ValueError, IndexError, HeaderParseError, MessageDefect) as error:
        raise BadAddress("not an e-mail address") from error
    if not parsed.username or "." not in domain or parsed.addr_spec != text:
        raise BadAddress("not an e-mail address")
    return Address(username=parsed.username, domain=domain).addr_spec


def compose(message: Message, sender_name: str, sender_address: str, at: datetime) -> bytes:
    """The e-mail as it goes over the wire, lines ending in CRLF.

    It says that a machine wrote it, so that no automatic reply comes back (RFC 3834).

    Raises:
        BadAddress: `message.to` isn't an address.
    """
    email = MIMENonMultipart("text", "plain")
    email.set_payload(letter_text(message.text), _UTF_8)
    email["From"] = f"{_words(one_line(sender_name), quoted=True)} <{sender_address}>"
    email["To"] = address(message.to)
    email["Subject"] = _words(one_line(message.subject), quoted=False)
    email["Date"] = format_datetime(at)
    email["Message-ID"] = message.message_id
    email["Auto-Submitted"] = "auto-generated"
    email["X-Auto-Response-Suppress"] = "All"
    return email.as_bytes(policy=_ON_THE_WIRE)


def _words(line: str, *, quoted: bool) -> str:
    """A line for a header: as it is in plain ASCII, else as encoded words (RFC 2047).

    The newer `EmailMessage` loses spaces between encoded words and reads what merely looks like one, hence by hand.
    """
    if not line.isascii() or "=?" in line:
        return Header(line, "utf-8", maxlinelen=_HEADER_LINE).encode()
    return '"' + line.replace("\\", "\\\\").replace('"', '\\"') + '"' if quoted else line
