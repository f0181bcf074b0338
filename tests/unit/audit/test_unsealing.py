"""What is opened for an answer, and what stays closed."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

from services.audit.application.timeline.opened import (
    DAMAGED,
    ERASED,
    SEALED,
    Opened,
    open_events,
    read_event,
)
from services.audit.views.log.rows import LogRow
from shared.contracts.intake import NoteAdded
from shared.kit.blobs import BlobStore
from shared.kit.events import Plain, SealedValue, derive
from shared.kit.keyring import Sealer
from tests.unit.audit.histories import CASE, History
from tests.unit.kit.keyring.dict_keyring import DictKeyring

PERSON = UUID(int=0xAD)


class Casework:
    """Notes about a person, sealed."""

    def __init__(self, folder: Path) -> None:
        self.keyring = DictKeyring()
        self.sealer = Sealer(self.keyring, BlobStore.open(folder))
        self.history = History()

    async def note(self, text: str, owner: UUID = PERSON) -> SealedValue:
        version = len(self.history.said) + 1
        event_id = derive.event_id(f"intake-{CASE}", version)
        event = await self.sealer.seal(NoteAdded(text=Plain(text, owner)), event_id, CASE)
        self.history.tell("intake", event)
        assert isinstance(event.text, SealedValue)
        return event.text

    async def opened(self, rows: list[LogRow] | None = None) -> list[Opened]:
        rows = self.history.rows() if rows is None else rows
        events, _ = await open_events(self.sealer, rows, [read_event(row) for row in rows], [])
        return events


async def test_a_case_is_opened_at_one_question_to_the_keyring(tmp_path: Path) -> None:
    work = Casework(tmp_path)
    for number in range(20):
        await work.note(f"note {number}", uuid4())
    work.keyring.asked = 0
    assert [event.fields["text"] for event in await work.opened()] == [f"note {n}" for n in range(20)]
    assert work.keyring.asked == 1


async def test_after_an_erasure_no_text_is_left_and_the_events_are_as_many(tmp_path: Path) -> None:
    work = Casework(tmp_path)
    await work.note("Ann Example rang")
    await work.note("the officer's own", UUID(int=9))
    before = await work.opened()
    await work.keyring.destroy(owner=PERSON)
    after = await work.opened()
    assert len(after) == len(before)
    assert [event.fields["text"] for event in after] == [ERASED, "the officer's own"]


async def test_a_damaged_text_spoils_no_other(tmp_path: Path) -> None:
    work = Casework(tmp_path)
    await work.note("first")
    other = await work.note("second")
    moved = NoteAdded(text=other.model_copy(update={"field": "elsewhere"}))
    work.history.tell("intake", moved)
    assert [event.fields["text"] for event in await work.opened()] == ["first", "second", DAMAGED]


async def test_an_unknown_type_is_shown_whole_with_what_looks_sealed_closed(tmp_path: Path) -> None:
    work = Casework(tmp_path)
    sealed = (await work.note("secret")).model_dump(mode="json")
    work.history.tell(
        "intake", {"permit": 17, "holder": {"name": sealed}}, wire_name="redress.parking.lost.v1"
    )
    event = (await work.opened())[1]
    assert not event.known
    assert event.fields == {"permit": 17, "holder": {"name": SEALED}}


async def test_a_known_type_whose_bytes_do_not_fit_it_is_shown_as_it_stands(tmp_path: Path) -> None:
    work = Casework(tmp_path)
    work.history.tell("intake", {"txt": "odd"}, wire_name="redress.intake.note-added.v1")
    (event,) = await work.opened()
    assert not event.known
    assert event.fields == {"txt": "odd"}


async def test_bytes_that_are_no_json_are_shown(tmp_path: Path) -> None:
    work = Casework(tmp_path)
    work.history.tell("intake", {}, wire_name="redress.parking.lost.v1")
    (row,) = work.history.rows()
    (event,) = await work.opened([_with_value(row, b"not \xff json")])
    assert event.fields == {"text": "not \N{REPLACEMENT CHARACTER} json"}
    (event,) = await work.opened([_with_value(row, json.dumps([1, 2]).encode())])
    assert event.fields == {"value": [1, 2]}


def _with_value(row: LogRow, value: bytes) -> LogRow:
    return replace(row, value=value)
