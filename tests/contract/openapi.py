"""The OpenAPI document of each service, made from its routes without starting it.

    python -m tests.contract.openapi

writes them to `docs/reference/openapi/`.
"""

from __future__ import annotations

import json
import os
from importlib import import_module
from pathlib import Path
from typing import Any, Final, cast
from unittest.mock import MagicMock, patch

from fastapi import FastAPI

from shared.contracts.services import WITH_DATABASE
from shared.kit.http import create_app
from shared.kit.keyring import MasterKey
from shared.kit.runtime import Parts, ServiceDefinition, repairs

FOLDER: Final = Path(__file__).parents[2] / "docs" / "reference" / "openapi"
_TOLD: Final = {
    "REDRESS_DATABASE_URL": "postgresql://nowhere/nothing",
    "REDRESS_KEYRING_URL": "postgresql://nowhere/nothing",
    "REDRESS_KAFKA": "nowhere:9092",
    "REDRESS_PORT": "1",
    "REDRESS_BLOBS": "memory:///",
    "REDRESS_MASTER_KEY": MasterKey.generate(),
    "REDRESS_TOKEN_PUBLIC_KEY_FILE": "nowhere",
    "REDRESS_CHECKPOINT_KEY_FILE": "nowhere",
    "REDRESS_CHECKPOINTS": "nowhere",
}


def document(service: str) -> dict[str, Any]:
    """The service's document. Its routes are made over parts that do nothing: only their shapes are read."""
    definition = cast("ServiceDefinition[Any]", import_module(f"services.{service}.main").SERVICE)
    with patch.dict(os.environ, _TOLD):
        settings = definition.settings()
    nothing: Any = MagicMock()
    parts: Parts[Any] = Parts(
        settings=settings,
        pool=nothing,
        store=nothing,
        master=MasterKey.from_setting(_TOLD["REDRESS_MASTER_KEY"]),
        keyring=nothing,
        blobs=nothing,
        sealer=nothing,
        subscriber=nothing,
        marks=nothing,
    )
    app: FastAPI = create_app(
        service, token_key="", routers=[*definition.routers(parts), repairs.router(parts)]
    )
    found: dict[str, Any] = json.loads(json.dumps(app.openapi()))
    return found


def write() -> None:
    """Writes every document."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for service in WITH_DATABASE:
        text = json.dumps(document(service), indent=1, ensure_ascii=False)
        (FOLDER / f"{service}.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    write()
