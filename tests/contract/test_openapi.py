"""The committed OpenAPI documents are those of the code, and every error in them is a problem."""

from __future__ import annotations

import json

import pytest

from shared.contracts.services import WITH_DATABASE
from tests.contract.openapi import FOLDER, document


@pytest.mark.parametrize("service", WITH_DATABASE)
def test_the_openapi_document_is_the_committed_one(service: str) -> None:
    committed = json.loads((FOLDER / f"{service}.json").read_text("utf-8"))
    assert document(service) == committed, "run `make contracts`"


@pytest.mark.parametrize("service", WITH_DATABASE)
def test_every_operation_says_what_it_does(service: str) -> None:
    silent = [
        f"{method.upper()} {path}"
        for path, operations in document(service)["paths"].items()
        for method, operation in operations.items()
        if not operation.get("description")
    ]
    assert silent == []
