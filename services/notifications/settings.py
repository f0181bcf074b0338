"""What notifications is told by its environment, besides what every service is told."""

from __future__ import annotations

from datetime import timedelta
from email.utils import parseaddr
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, field_validator

from services.notifications.adapters.email import BadAddress, address
from services.notifications.adapters.folder import FolderSender
from services.notifications.adapters.sender import Sender
from services.notifications.adapters.smtp import SmtpSender, SmtpServer, trusting
from shared.kit.runtime import CommaSeparated, Settings
from shared.rules.calendar.office_hours import parse_office_hours

Seconds = Annotated[
    timedelta, BeforeValidator(lambda value: float(value) if isinstance(value, str) else value)
]


class NotificationsSettings(Settings):
    """`REDRESS_*`."""

    council_name: str = Field(default="The council", description="Signs every letter.")
    smtp_from: str = Field(
        default="complaints@council.example", description="The sender's address; its domain ends Message-IDs."
    )
    sender: Literal["smtp", "folder"] = Field(
        default="smtp", description="`folder` keeps every message as a file and sends nothing: a dry run."
    )
    sender_folder: Path = Field(default=Path("outgoing"), description="Where `folder` keeps messages.")
    smtp_host: str = "127.0.0.1"
    smtp_port: int = 25
    smtp_starttls: bool = Field(
        default=True, description="Only a mail server on the same machine needs none."
    )
    smtp_username: str | None = None
    smtp_password_file: Path | None = Field(default=None, description="A file that holds the password.")
    smtp_ca_file: Path | None = Field(default=None, description="Authorities trusted besides the system's.")
    smtp_longest: float = Field(
        default=30.0, gt=0, description="Seconds that one conversation with the mail server may take."
    )
    send_again_after: CommaSeparated[Seconds] = Field(
        default=tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240)),
        description="Seconds to wait after each refusal for now, separated by commas; then a person has to act.",
    )
    digest_days: int = Field(
        default=3,
        ge=0,
        le=20,
        description="For how many working days ahead a morning digest says what is due.",
    )
    marks_within: float = Field(
        default=30.0,
        gt=0,
        description="Seconds: how old a relay's mark may be when a customer is written to.",
    )

    @field_validator("smtp_from")
    @classmethod
    def _plain_address(cls, value: str) -> str:
        try:
            return address(parseaddr(value)[1])
        except BadAddress as error:
            raise ValueError(f"{value!r}: {error}") from error

    @field_validator("office_hours")
    @classmethod
    def _hours(cls, value: str) -> str:
        parse_office_hours(value)
        return value

    @property
    def mail_domain(self) -> str:
        return self.smtp_from.rpartition("@")[2]

    def make_sender(self) -> Sender:
        """The sender that this council uses. Raises OSError when the password or the authorities can't be read."""
        if self.sender == "folder":
            return FolderSender(self.sender_folder, self.council_name, self.smtp_from)
        password = None
        if self.smtp_password_file is not None:
            password = self.smtp_password_file.read_text(encoding="utf-8").strip()
        server = SmtpServer(
            self.smtp_host,
            self.smtp_port,
            trusting(self.smtp_ca_file) if self.smtp_starttls else None,
            username=self.smtp_username,
            password=password,
        )
        return SmtpSender(server, self.council_name, self.smtp_from, self.smtp_longest)
