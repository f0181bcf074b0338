"""What a service is told of the others by its environment has a place for each service of the list."""

from __future__ import annotations

import pytest

from services.audit.settings import AuditSettings
from services.workbench.settings import Settings
from shared.contracts.services import SERVICES, WITH_DATABASE


def _is_told(monkeypatch: pytest.MonkeyPatch, variable: str) -> dict[str, str]:
    """An address for each service, in a variable of its own; by the service's name."""
    told = {name: f"somewhere/{name}" for name in WITH_DATABASE}
    for name, url in told.items():
        monkeypatch.setenv(variable.format(name.upper()), url)
    return told


def test_audit_can_be_told_of_every_database(monkeypatch: pytest.MonkeyPatch) -> None:
    told = _is_told(monkeypatch, "REDRESS_AUDITOR_URL_{}")
    assert AuditSettings.model_fields["auditor_urls"].get_default(call_default_factory=True) == told


def test_the_workbench_can_be_told_where_every_other_service_is(monkeypatch: pytest.MonkeyPatch) -> None:
    told = _is_told(monkeypatch, "REDRESS_{}_URL")
    assert {each.name for each in SERVICES} - set(told) == {"workbench"}
    settings = Settings.model_validate({"port": 1, "token_public_key_file": "key.pem"})
    assert settings.services == told


def test_the_workbench_says_which_addresses_it_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    _is_told(monkeypatch, "REDRESS_{}_URL")
    for service in ("intake", "audit"):
        monkeypatch.delenv(f"REDRESS_{service.upper()}_URL")
    with pytest.raises(ValueError, match="set REDRESS_INTAKE_URL, REDRESS_AUDIT_URL: "):
        Settings.model_validate({"port": 1, "token_public_key_file": "key.pem"})
