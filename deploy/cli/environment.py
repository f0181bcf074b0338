"""The environment of each service of an installation in one data folder."""

from __future__ import annotations

from pathlib import Path

from deploy.cli.keys import Keys
from deploy.cli.services import AUDIT, SMTP_OFFSET, WITH_DATABASE, port_of, urls
from deploy.embedded.supervisor import Embedded
from deploy.sandbox import SCHOOLS
from shared.kit.runtime import AUDITOR


def environment(service: str, embedded: Embedded, port_base: int, extra: dict[str, str]) -> dict[str, str]:
    """What `service` is told by its environment; `extra` prevails (such as the office hours of a trial)."""
    home = embedded.home
    keys = Keys(home.keys)
    told = {
        "REDRESS_KAFKA": embedded.bootstrap,
        "REDRESS_REPLICATION": str(len(embedded.cluster.ids)),
        "REDRESS_PORT": str(port_of(service, port_base)),
        "REDRESS_BLOBS": str(home.blobs),
        "REDRESS_MASTER_KEY": f"file:{keys.master}",
        "REDRESS_TOKEN_PUBLIC_KEY_FILE": str(keys.token_public),
        "REDRESS_CHECKPOINT_KEY_FILE": str(keys.checkpoint),
        "REDRESS_CHECKPOINT_PUBLIC_KEY_FILE": str(keys.checkpoint_public),
        "REDRESS_CHECKPOINTS": str(home.root / "checkpoints"),
        "REDRESS_SCHOOLS": str(home.schools if home.schools.is_dir() else SCHOOLS),
        "REDRESS_SMTP_HOST": "127.0.0.1",
        "REDRESS_SMTP_PORT": str(port_base + SMTP_OFFSET),
        "REDRESS_SMTP_STARTTLS": "false",
    }
    if service in WITH_DATABASE:
        told["REDRESS_DATABASE_URL"] = embedded.dsn(service, service)
        told["REDRESS_KEYRING_URL"] = embedded.dsn("keyring", service)
    else:
        told |= {f"REDRESS_{name.upper()}_URL": url for name, url in urls(port_base).items()}
    if service == AUDIT:
        told |= {f"REDRESS_AUDITOR_URL_{name.upper()}": embedded.dsn(name, AUDITOR) for name in WITH_DATABASE}
    return told | extra


def up_file(home: Path) -> Path:
    """Where a running `redress up` says what it is: its process id, ports and databases."""
    return home / "run" / "up.json"
