"""The services as the command line knows them: names, ports and databases. It imports none of them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from shared.contracts import services

DEFAULT_HOME: Final = Path(".redress")
DEFAULT_PORT_BASE: Final = 8100
KAFKA_OFFSET: Final = 10
SMTP_OFFSET: Final = 20
SERVICES: Final = tuple(each.name for each in services.SERVICES)
AUDIT: Final = "audit"
WITH_DATABASE: Final = services.WITH_DATABASE
_PORT: Final = {each.name: each.port for each in services.SERVICES}


def port_of(service: str, base: int = DEFAULT_PORT_BASE) -> int:
    """The port of a service's API."""
    return base + _PORT[service]


def urls(base: int = DEFAULT_PORT_BASE) -> dict[str, str]:
    """Where each service answers on this machine."""
    return {service: f"http://127.0.0.1:{port_of(service, base)}" for service in SERVICES}
