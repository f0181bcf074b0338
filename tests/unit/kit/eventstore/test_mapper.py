"""The mapper writes what a contract says and reads it back, and nothing that isn't one."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

import pytest

from shared.kit.events import Plain, UnsealedError
from shared.kit.eventstore.mapper import ContractMapper, InStream
from tests.integration.kit.eventstore.ledger import PageSigned, PageWritten


def test_the_topic_is_the_wire_name_and_the_state_is_the_contracts_json() -> None:
    stored = ContractMapper().to_stored_event(InStream("ledger-1", 3, PageWritten(text="Siân")))
    assert (stored.originator_id, stored.originator_version) == ("ledger-1", 3)
    assert stored.topic == "redress.tests.page-written.v2"
    assert stored.state == '{"text":"Siân"}'.encode()
    assert ContractMapper().to_domain_event(stored) == InStream("ledger-1", 3, PageWritten(text="Siân"))


def test_personal_data_that_is_not_sealed_is_never_written() -> None:
    with pytest.raises(UnsealedError):
        ContractMapper().to_stored_event(InStream("ledger-1", 1, PageSigned(name=Plain("Siân", uuid4()))))


@dataclass
class Foreign:
    """What the library would map by its module path."""

    originator_id: str = "ledger-1"
    originator_version: int = 1


def test_anything_but_a_contract_event_is_refused() -> None:
    with pytest.raises(TypeError):
        ContractMapper().to_stored_event(Foreign())
