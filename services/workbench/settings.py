"""Where the workbench finds the services; it has no database."""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from shared.contracts.services import WITH_DATABASE


def _urls() -> dict[str, str]:
    variables = {name: f"REDRESS_{name.upper()}_URL" for name in WITH_DATABASE}
    if missing := [variable for variable in variables.values() if variable not in os.environ]:
        raise ValueError(f"set {', '.join(missing)}: where these services answer")
    return {name: os.environ[variable] for name, variable in variables.items()}


class Settings(BaseSettings):
    """Told by the environment: `REDRESS_*`."""

    model_config = SettingsConfigDict(env_prefix="REDRESS_", extra="ignore")

    host: str = "127.0.0.1"
    port: int = Field(description="Where the workbench listens.")
    token_public_key_file: Path = Field(description="The public key that tokens are checked with.")
    services: dict[str, str] = Field(
        default_factory=_urls, description="Where each service answers: `REDRESS_<SERVICE>_URL`."
    )
    log_level: str = "INFO"
