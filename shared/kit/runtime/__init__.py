"""A service from its definition: settings, parts, health, rebuilds, the databases made ready."""

from shared.kit.runtime.databases import AUDITOR, KEYRING, STORE_PACKAGES, prepare_server
from shared.kit.runtime.definition import Background, Figure, Landscape, Parts, ServiceDefinition
from shared.kit.runtime.logs import configure_logs
from shared.kit.runtime.service import main
from shared.kit.runtime.serving import serve
from shared.kit.runtime.settings import CommaSeparated, Settings

__all__ = [
    "AUDITOR",
    "KEYRING",
    "STORE_PACKAGES",
    "Background",
    "CommaSeparated",
    "Figure",
    "Landscape",
    "Parts",
    "ServiceDefinition",
    "Settings",
    "configure_logs",
    "main",
    "prepare_server",
    "serve",
]
