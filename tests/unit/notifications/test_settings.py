"""What the environment may say."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from services.notifications.adapters.folder import FolderSender
from services.notifications.adapters.smtp import SmtpSender
from services.notifications.settings import NotificationsSettings

NEEDED = {
    "REDRESS_DATABASE_URL": "postgresql:///notifications",
    "REDRESS_KEYRING_URL": "postgresql:///keyring",
    "REDRESS_KAFKA": "127.0.0.1:9092",
    "REDRESS_PORT": "8803",
    "REDRESS_BLOBS": "/tmp/blobs",
    "REDRESS_MASTER_KEY": "file:/tmp/key",
    "REDRESS_TOKEN_PUBLIC_KEY_FILE": "/tmp/token.pem",
}


def settings(monkeypatch: pytest.MonkeyPatch, **more: str) -> NotificationsSettings:
    for name, value in (NEEDED | {f"REDRESS_{name}": value for name, value in more.items()}).items():
        monkeypatch.setenv(name, value)
    without_arguments: Any = NotificationsSettings
    made = without_arguments()
    assert isinstance(made, NotificationsSettings)
    return made


def test_mail_goes_by_smtp_with_starttls_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    sender = settings(monkeypatch, SMTP_FROM="complaints@anytown.gov.example").make_sender()
    assert isinstance(sender, SmtpSender)
    assert sender.server.tls is not None
    assert sender.sender_address == "complaints@anytown.gov.example"


def test_a_dry_run_needs_no_server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made = settings(monkeypatch, SENDER="folder", SENDER_FOLDER=str(tmp_path))
    assert isinstance(made.make_sender(), FolderSender)


def test_the_password_comes_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "password").write_text("correct horse\n")
    sender = settings(
        monkeypatch,
        SMTP_USERNAME="council",
        SMTP_PASSWORD_FILE=str(tmp_path / "password"),
        SMTP_STARTTLS="false",
    ).make_sender()
    assert isinstance(sender, SmtpSender)
    assert (sender.server.password, sender.server.tls) == ("correct horse", None)


def test_authorities_that_cannot_be_read_are_said_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    made = settings(monkeypatch, SMTP_CA_FILE="/nowhere/authorities.pem")
    with pytest.raises(OSError, match="No such file"):
        made.make_sender()


def test_the_back_off_is_written_in_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    made = settings(monkeypatch, SEND_AGAIN_AFTER="0.5, 2")
    assert made.send_again_after == (timedelta(seconds=0.5), timedelta(seconds=2))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SMTP_FROM", "no address"),
        ("OFFICE_HOURS", "9 to 5"),
        ("SENDER", "pigeon"),
        ("SMTP_LONGEST", "0"),
        ("SEND_AGAIN_AFTER", "soon"),
    ],
)
def test_what_cannot_be_is_refused_at_the_start(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    with pytest.raises(ValidationError):
        settings(monkeypatch, **{name: value})
