"""`docs/reference/formats.md` lists what the code writes, and every test that it names is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from shared.kit.events import SealedBlob, SealedValue
from shared.kit.merkle import BATCH_SIGNATURE
from tests.contract.format_samples import envelopes
from tests.contract.test_formats import STREAM_NAMES
from tests.integration.kit.eventstore.test_grants import GRANTS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reference" / "formats.md").read_text("utf-8")
SECTIONS: dict[str, str] = dict(re.findall(r"^##+ (.+?)\n(.*?)(?=^##|\Z)", PAGE, re.DOTALL | re.MULTILINE))


def rows(section: str) -> list[list[str]]:
    """The cells of a section's table, without its head."""
    lines = [line for line in SECTIONS[section].splitlines() if line.startswith("|")]
    return [line.strip("|").split("|") for line in lines[2:]]


def names(cell: str) -> list[str]:
    """What stands in it as `code`."""
    return re.findall(r"`([^`]+)`", cell)


def first_column(section: str) -> list[str]:
    return [name for row in rows(section) for name in names(row[0])]


def test_the_headers_are_those_that_are_written_in_their_order() -> None:
    written = [name for name, _ in envelopes()[1].headers()]
    assert first_column("A record of the log") == [*written, BATCH_SIGNATURE]


def test_a_sealed_text_and_a_sealed_file_have_these_fields() -> None:
    assert first_column("A text") == list(SealedValue.model_fields)
    assert first_column("A file") == list(SealedBlob.model_fields)


def test_the_streams_are_those_that_there_are() -> None:
    assert sorted(re.sub("<.*>", "<id>", name) for name in first_column("Streams")) == sorted(STREAM_NAMES)


def test_the_columns_are_those_that_are_granted() -> None:
    listed = {
        (table, privilege): set(names(cell))
        for table_cell, insert, change in rows("What a service may write")
        for table in names(table_cell)
        for privilege, cell in (("INSERT", insert), ("UPDATE", change))
        if names(cell)
    }
    assert listed == GRANTS


@pytest.mark.parametrize("named", sorted(set(re.findall(r"`(tests/[^`]+)`", PAGE))))
def test_a_test_that_pins_a_format_is_there(named: str) -> None:
    file, _, test = named.partition("::")
    assert re.search(rf"^(async )?def {test}\(", (ROOT / file).read_text("utf-8"), re.MULTILINE), named


@pytest.mark.parametrize("title", sorted(SECTIONS.keys() - {"What is sealed", "Proof"}))
def test_every_format_is_pinned_by_a_test(title: str) -> None:
    assert "`tests/" in SECTIONS[title]
