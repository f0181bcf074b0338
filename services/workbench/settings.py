"""Where the workbench finds the services; it has no database."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Told by the environment: `REDRESS_*`."""

    model_config = SettingsConfigDict(env_prefix="REDRESS_", extra="ignore")

    host: str = "127.0.0.1"
    port: int = Field(description="Where the workbench listens.")
    token_public_key_file: Path = Field(description="The public key that tokens are checked with.")
    intake_url: str
    deadlines_url: str
    ombudsman_url: str
    notifications_url: str
    audit_url: str
    log_level: str = "INFO"

    def services(self) -> dict[str, str]:
        """The address of each service."""
        return {
            "intake": self.intake_url,
            "deadlines": self.deadlines_url,
            "ombudsman": self.ombudsman_url,
            "notifications": self.notifications_url,
            "audit": self.audit_url,
        }
