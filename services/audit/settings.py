"""What audit is told by its environment, besides what every service is told."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from pydantic import Field

from shared.contracts.services import WITH_DATABASE
from shared.kit.runtime import CommaSeparated, Settings


def _auditor_urls() -> dict[str, str]:
    return {name: os.environ.get(f"REDRESS_AUDITOR_URL_{name.upper()}", "") for name in WITH_DATABASE}


class AuditSettings(Settings):
    """`REDRESS_*`."""

    checkpoint_key_file: Path = Field(
        description="The key that signs checkpoints: a file that only audit's own system user can read."
    )
    checkpoint_public_key_file: Path | None = Field(
        default=None, description="Its public half, to check checkpoints with; else taken from the key."
    )
    checkpoint_origin: str = Field(
        default="redress/case-events", description="Whose log it is: the first line of every checkpoint."
    )
    checkpoints: Path = Field(description="The folder outside the database that checkpoints are written to.")
    checkpoint_every: timedelta = Field(
        default=timedelta(hours=1), description="How old the newest checkpoint may get."
    )
    checkpoint_mail_to: CommaSeparated[str] = Field(
        default=(), description="Addresses that every checkpoint is mailed to, with commas between."
    )
    checkpoint_mail_from: str = "audit@council.example"
    smtp_host: str = "127.0.0.1"
    smtp_port: int = 25
    smtp_starttls: bool = Field(
        default=True, description="Only a mail server on the same machine needs none."
    )
    smtp_username: str | None = None
    smtp_password_file: Path | None = Field(default=None, description="A file that holds the password.")
    auditor_urls: dict[str, str] = Field(
        default_factory=_auditor_urls,
        description="Each service's database, as the read-only auditor: `REDRESS_AUDITOR_URL_<SERVICE>`.",
    )

    def auditor_url(self, service: str) -> str:
        """The auditor's way into a service's database.

        Raises:
            ValueError: the environment doesn't say it.
        """
        url = self.auditor_urls.get(service)
        if not url:
            raise ValueError(f"REDRESS_AUDITOR_URL_{service.upper()} is not set")
        return url
