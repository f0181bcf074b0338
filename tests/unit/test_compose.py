"""docker-compose.yml runs the services of the list, each on its port and with its database."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from deploy.cli.services import DEFAULT_PORT_BASE
from shared.contracts.services import SERVICES, WITH_DATABASE, Service

COMPOSE: Final[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[2] / "docker-compose.yml").read_text("utf-8")
)
RUN: Final = {
    name: each for name, each in COMPOSE["services"].items() if (each.get("command") or [""])[0] == "run"
}
DATABASE: Final = re.compile(r"postgresql://(\w+):\$\{(\w+)\}@postgres/(\w+)")

of_every_service = pytest.mark.parametrize("service", SERVICES, ids=[each.name for each in SERVICES])


def _told(name: str) -> dict[str, str]:
    """What compose tells a service by its environment."""
    told: dict[str, str] = COMPOSE["services"][name]["environment"]
    return told


def _port(service: Service) -> int:
    return DEFAULT_PORT_BASE + service.port


def _databases(told: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """Role, password and database of each address of PostgreSQL."""
    found = {name: DATABASE.fullmatch(value) for name, value in told.items() if "postgresql:" in value}
    return {name: match.groups() for name, match in found.items() if match is not None}


def test_the_services_of_the_list_run_and_no_others() -> None:
    assert {name: each["command"] for name, each in RUN.items()} == {
        each.name: ["run", each.name] for each in SERVICES
    }


@of_every_service
def test_a_service_listens_on_its_port_on_this_machine_alone(service: Service) -> None:
    port = _port(service)
    assert RUN[service.name]["ports"] == [f"127.0.0.1:{port}:{port}"]
    assert _told(service.name)["REDRESS_PORT"] == str(port)


@of_every_service
def test_a_service_has_a_database_of_its_own_name_and_the_keyring_or_neither(service: Service) -> None:
    name, password = service.name, f"{service.name.upper()}_PASSWORD"
    own = {
        key: value for key, value in _databases(_told(name)).items() if not key.startswith("REDRESS_AUDITOR_")
    }
    expected = {
        "REDRESS_DATABASE_URL": (name, password, name),
        "REDRESS_KEYRING_URL": (name, password, "keyring"),
    }
    assert own == (expected if service.database else {})


def test_every_database_is_prepared_with_its_role() -> None:
    passwords = {key for key in _told("prepare") if key.startswith("REDRESS_PASSWORD_")}
    assert passwords == {f"REDRESS_PASSWORD_{name.upper()}" for name in (*WITH_DATABASE, "auditor")}


def test_audit_reaches_every_database_as_the_auditor() -> None:
    as_auditor = {
        key: value for key, value in _databases(_told("audit")).items() if key.startswith("REDRESS_AUDITOR_")
    }
    assert as_auditor == {
        f"REDRESS_AUDITOR_URL_{name.upper()}": ("auditor", "AUDITOR_PASSWORD", name) for name in WITH_DATABASE
    }


def test_the_workbench_is_told_where_the_others_are() -> None:
    told = {key: value for key, value in _told("workbench").items() if key.endswith("_URL")}
    assert told == {
        f"REDRESS_{each.name.upper()}_URL": f"http://{each.name}:{_port(each)}"
        for each in SERVICES
        if each.database
    }
