"""What the committed samples of formats are made of: the same each time, so that the same bytes must come of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch
from uuid import UUID

from shared.kit.events import Envelope, Event, Fact, Personal, Plain, event_id
from shared.kit.keyring import DataKey
from shared.kit.merkle import SigningKey
from tests.unit.kit.keyring.dict_keyring import DictKeyring

FOLDER: Final = Path(__file__).with_name("formats")
CASE: Final = UUID("5f0c1d5e-9d2b-5a44-8a53-0c8f0d2f8f11")
PERSON: Final = UUID("c9a6465e-3c5d-4d0e-9f8b-6f3f2b1f7a10")
STREAM: Final = f"case-{CASE}"
SECRET: Final = bytes(range(32))
DATA_KEY: Final = DataKey(UUID("0b0e7a52-5a0e-4c8e-9d5a-0f4f6f0d9c01"), PERSON, CASE, SECRET)
SIGNING_KEY: Final = SigningKey("/redress/intake", SECRET)
AT: Final = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def sample(name: str) -> Any:
    """A committed sample."""
    return json.loads((FOLDER / f"{name}.json").read_text("utf-8"))


def envelopes() -> list[Envelope]:
    """Those of five events of one stream; the second and the fourth were caused by the one before."""
    ids = [event_id(STREAM, version) for version in range(1, 6)]
    return [
        Envelope(
            event_id=ids[version - 1],
            stream=STREAM,
            version=version,
            wire_name="redress.intake.note-added.v1",
            source="/redress/intake",
            key=CASE,
            happened_at=AT - timedelta(days=1),
            recorded_at=AT + timedelta(microseconds=version),
            principal=f"person:{PERSON}",
            correlation_id=ids[0],
            causation_id=ids[version - 2] if version in (2, 4) else None,
        )
        for version in range(1, 6)
    ]


class Sender(Fact):
    """A part of `Told`."""

    name: Personal


class Told(Event):
    """An event with a personal text in it, and one in a part of it."""

    text: Personal
    sender: Sender


TOLD: Final = Told(
    text=Plain("The bins were missed", PERSON), sender=Sender(name=Plain("Siân O'Brien", PERSON))
)


def keyring() -> DictKeyring:
    """It holds the data key, and no other."""
    made = DictKeyring()
    made.keys[DATA_KEY.key_id] = DATA_KEY
    return made


@contextmanager
def nothing_random() -> Iterator[None]:
    """What is random, a nonce or a prefix, is 0, 1, 2 and so on meanwhile."""
    with patch("os.urandom", lambda length: bytes(range(length))):
        yield
