"""What every service is told by its environment, and nothing else: `REDRESS_*`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BeforeValidator, Field, SecretStr
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

T = TypeVar("T")


def _parts(value: object) -> object:
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


CommaSeparated = Annotated[tuple[T, ...], NoDecode, BeforeValidator(_parts)]
"""A setting of several values."""


class Settings(BaseSettings):
    """The settings that all services share; a service adds its own in a class of its own."""

    model_config = SettingsConfigDict(env_prefix="REDRESS_", extra="ignore")

    database_url: str = Field(description="The service's own database, as the service's own role.")
    keyring_url: str = Field(description="The keyring, as the service's own role.")
    kafka: str = Field(description="Bootstrap servers, separated by commas.")
    host: str = "127.0.0.1"
    port: int = Field(description="Where the service's HTTP API listens.")
    blobs: str = Field(description="The blob store: a folder, or an object store's URL such as s3://bucket.")
    master_key: SecretStr = Field(
        description="The master key: VERSION:BASE64, or file:PATH to a private file."
    )
    token_public_key_file: Path = Field(description="The public key that tokens are checked with.")
    replication: int = Field(default=1, description="Copies of each Kafka partition: 1, or 3 in production.")
    instance: int = Field(default=1, description="The ordinal of this process among those of its service.")
    log_level: str = "INFO"
    office_hours: str = Field(
        default="Mon-Fri 09:00-17:00", description="When reminders may leave; `all` for trials."
    )
