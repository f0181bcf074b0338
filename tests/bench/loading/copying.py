"""Copies of a life: the same events under ids, references, keys and at times of their own, sealed."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from services.ombudsman.application.referrals import referral_id
from shared.kit.events import event_id
from shared.kit.keyring import MasterKey
from shared.kit.keyring.postgres import row_identity
from shared.kit.keyring.sealer import _bound_to_field
from shared.kit.log import Received
from tests.bench.loading.pieces import At, KeyOf, Own, Piece, Pieces, Sealed, Word
from tests.bench.loading.template import Row, Template

_NONCE: Final = 12
_SECRET: Final = 32
_HMAC: Final = 32
Record = tuple[Any, ...]


@dataclass(slots=True)
class Batch:
    """Rows for the stores, by service, and for the keyring.

    Attributes:
        events: (stream, version, wire name, state, event id, source, key, happened, recorded, principal, correlation,
            causation), in the order of the columns.
        receipts: (principal, command id, HMAC, answer).
        references: (reference, stream, key).
        keys: (key id, owner, case, wrapped).
    """

    events: dict[str, list[Record]] = field(default_factory=dict)
    receipts: dict[str, list[Record]] = field(default_factory=dict)
    references: dict[str, list[Record]] = field(default_factory=dict)
    keys: list[Record] = field(default_factory=list)

    @property
    def number(self) -> int:
        """Events."""
        return sum(map(len, self.events.values()))


class Copying:
    """Makes copies.

    Args:
        master: the installation's, which wraps the keys.
        numbers: of the references, one after another, that no other process gives out.
    """

    def __init__(self, master: MasterKey, numbers: Iterator[int], prefix: str, rng: Random) -> None:
        self._master = master
        self._numbers = numbers
        self._prefix = prefix
        self._rng = rng

    def into(self, batch: Batch, template: Template) -> None:
        """Adds a copy to the batch."""
        later = template.room * self._rng.random()
        _Copy(self._master, template, self._words(template), later, batch).write()

    def _words(self, template: Template) -> list[str]:
        if not template.words:
            return []
        number = next(self._numbers)
        theirs = (f"{template.year % 100} {number:09} {each}" for each in range(template.words - 2))
        return [f"{self._prefix}-{template.year}-{number:06}", f"loaded-{uuid4()}", *theirs]


class _Copy:
    def __init__(
        self, master: MasterKey, template: Template, words: list[str], later: timedelta, batch: Batch
    ) -> None:
        self._master = master
        self._template = template
        self._words = words
        self._later = later
        self._batch = batch
        self._ids = [str(uuid4()) for _ in range(template.ids)]
        self._keys: dict[tuple[str, str], tuple[str, AESGCM]] = {}
        for each in template.referrals:
            case, theirs = UUID(self._ids[each.case.number]), words[each.theirs.number]
            self._ids[each.own.number] = str(referral_id(case, each.ombudsman, theirs))

    def write(self) -> None:
        for row in self._template.rows:
            self._write(row)

    def _write(self, row: Row) -> None:
        envelope = row.envelope
        stream, key = self._text(row.stream), self._text(row.key)
        identity = event_id(stream, envelope.version)
        if row.own.number >= 0:
            self._ids[row.own.number] = str(identity)
        service = envelope.source.rpartition("/")[2]
        recorded_at = envelope.recorded_at + self._later
        correlation, causation = self._text(row.correlation), self._text(row.causation) or None
        self._batch.events.setdefault(service, []).append((
            stream, envelope.version, envelope.wire_name, self._state(row, key).encode(), identity, envelope.source,
            key, envelope.happened_at + self._later, recorded_at, envelope.principal, correlation, causation,
        ))  # fmt: skip
        if row.names:
            self._batch.references.setdefault(service, []).append((self._text(row.names), stream, key))
        if row.ends_command:
            answer = {"stream": stream, "version": envelope.version, "events": [envelope.wire_name]}
            self._receipt(service, envelope.principal, correlation, answer)
        self._hear(row, identity, recorded_at)

    def _hear(self, row: Row, identity: UUID, recorded_at: datetime) -> None:
        """What was owed and done has a receipt, so that nobody does it again."""
        if not row.hearings:
            return
        heard = replace(row.envelope, event_id=identity, recorded_at=recorded_at)
        received = Received(heard, row.event, 0, 0, 0, (), b"")
        for hearing in row.hearings:
            service = hearing.principal.rpartition(":")[2]
            for due, owed in zip(hearing.react(received), hearing.owed, strict=True):
                if owed.message is not None:
                    self._ids[owed.message.number] = due.payload["notification"]
                if owed.done:
                    self._receipt(service, hearing.principal, str(due.id), {})

    def _receipt(self, service: str, principal: str, command: str, answer: dict[str, Any]) -> None:
        receipts = self._batch.receipts.setdefault(service, [])
        receipts.append((principal, command, os.urandom(_HMAC), json.dumps(answer)))

    def _state(self, row: Row, case: str) -> str:
        return "".join(
            self._sealed(row, piece, case) if isinstance(piece, KeyOf | Sealed) else self._plain(piece)
            for piece in row.state
        )

    def _sealed(self, row: Row, piece: KeyOf | Sealed, case: str) -> str:
        if isinstance(piece, KeyOf):
            return f'"key_id":"{self._key(self._plain(piece.owner), case)[0]}"'
        text = row.texts[piece.number]
        nonce = os.urandom(_NONCE)
        _, cipher = self._key(self._text(text.owner), case)
        identity = event_id(self._text(row.stream), row.envelope.version)
        sealed = cipher.encrypt(
            nonce, self._text(text.pieces).encode(), _bound_to_field(identity, text.field)
        )
        return f'"nonce":"{_base64(nonce)}","ciphertext":"{_base64(sealed)}"'

    def _key(self, owner: str, case: str) -> tuple[str, AESGCM]:
        """Somebody's key in a case, made when it is first asked for."""
        found = self._keys.get((owner, case))
        if found is None:
            key_id, secret = uuid4(), os.urandom(_SECRET)
            bound_to = row_identity(key_id, UUID(owner), UUID(case))
            self._batch.keys.append((key_id, owner, case, self._master.wrap(secret, bound_to)))
            found = self._keys[owner, case] = str(key_id), AESGCM(secret)
        return found

    def _text(self, pieces: Pieces) -> str:
        return "".join(map(self._plain, pieces))

    def _plain(self, piece: Piece) -> str:
        match piece:
            case str():
                return piece
            case Own(number):
                return self._ids[number]
            case Word(number):
                return self._words[number]
            case At(moment):
                return (moment + self._later).isoformat().replace("+00:00", "Z")
            case _:
                raise AssertionError(f"{piece} stands in an event alone")


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
