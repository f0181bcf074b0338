"""What a service is told of the others by its environment has a place for each service of the list."""

from __future__ import annotations

from services.audit.settings import AuditSettings
from services.workbench.settings import Settings
from shared.contracts.services import SERVICES, WITH_DATABASE


def test_audit_can_be_told_of_every_database() -> None:
    told = {name for name in AuditSettings.model_fields if name.startswith("auditor_url_")}
    assert told == {f"auditor_url_{name}" for name in WITH_DATABASE}


def test_the_workbench_can_be_told_where_every_other_service_is() -> None:
    others = {each.name for each in SERVICES} - {"workbench"}
    told = {name for name in Settings.model_fields if name.endswith("_url")}
    assert told == {f"{name}_url" for name in others}
    settings = Settings.model_validate(
        {name: name for name in told} | {"port": 1, "token_public_key_file": "key.pem"}
    )
    assert settings.services() == {name: f"{name}_url" for name in others}
