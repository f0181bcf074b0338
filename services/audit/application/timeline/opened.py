"""Events as JSON for an answer, their personal texts opened, at one question to the keyring for a whole case."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from pydantic import ValidationError

from services.audit.views.log.rows import LogRow
from shared.kit.events import Event, SealedValue, read_json
from shared.kit.keyring import ERASED, Path, Place, Sealer, SourceEvent, Spoiled, field_name, find, put

DAMAGED: Final = {"damaged": True}
"""Stands where a sealed text is not what was sealed."""
SEALED: Final = {"sealed": True}
"""Stands for a sealed text in an event of a type that this release doesn't know."""

_SEALED_FIELDS: Final = frozenset({"key_id", "event_id", "field", "nonce"})
Texts = list[Any]
Sealed = tuple[SealedValue, Place]
Read = Event | dict[str, Any]


@dataclass(frozen=True, slots=True)
class Opened:
    """An event as it is shown.

    Attributes:
        name: the wire name of its newest version, or the one that was written where the type isn't known.
        known: whether this release knows the type and can read the event.
        fields: JSON; personal texts are texts, or one of the marks above.
    """

    name: str
    known: bool
    fields: dict[str, Any]


def read_event(row: LogRow) -> Read:
    """The event in its newest form; its JSON as it stands where the type isn't known or the bytes don't fit it."""
    try:
        event = read_json(row.envelope.wire_name, row.value)
    except (ValidationError, ValueError, KeyError, TypeError):
        return _as_it_stands(row.value)
    return event if isinstance(event, Event) else _as_it_stands(row.value)


async def open_events(
    sealer: Sealer, rows: Sequence[LogRow], events: Sequence[Read], names: Sequence[Sealed]
) -> tuple[list[Opened], dict[SealedValue, str | None]]:
    """The events of these rows as they are shown, and the texts of `names`, asked for together."""
    sealed = [list(find(event, SealedValue)) if isinstance(event, Event) else [] for event in events]
    values = [
        (value, SourceEvent.of(row.envelope).field(field_name(path)))
        for row, found in zip(rows, sealed, strict=True)
        for path, value in found
    ]
    texts = await _texts(sealer, [*values, *names])
    opened, at = [], 0
    for row, event, found in zip(rows, events, sealed, strict=True):
        if isinstance(event, Event):
            paths = [path for path, _ in found]
            fields = _with_texts(event, paths, texts[at : at + len(paths)])
            opened.append(Opened(event.wire_name, known=True, fields=fields))
            at += len(paths)
        else:
            opened.append(Opened(row.envelope.wire_name, known=False, fields=event))
    named = zip(names, texts[at:], strict=True)
    return opened, {name: text if isinstance(text, str) else None for (name, _), text in named}


def _as_it_stands(value: bytes) -> dict[str, Any]:
    """All that an event says whose type isn't known; what looks sealed stays closed."""
    try:
        found = _without_ciphertext(json.loads(value))
    except ValueError:
        return {"text": value.decode(errors="replace")}
    return found if isinstance(found, dict) else {"value": found}


def _without_ciphertext(found: Any) -> Any:
    if isinstance(found, dict):
        if found.keys() >= _SEALED_FIELDS:
            return SEALED
        return {name: _without_ciphertext(inner) for name, inner in found.items()}
    if isinstance(found, list):
        return [_without_ciphertext(inner) for inner in found]
    return found


async def _texts(sealer: Sealer, values: Sequence[Sealed]) -> Texts:
    """The text of each value or its mark; a damaged one spoils no other."""
    if not values:
        return []
    try:
        return [ERASED if text is None else text for text in await sealer.unseal_many(values)]
    except Spoiled:
        return [await _text(sealer, value, place) for value, place in values]


async def _text(sealer: Sealer, value: SealedValue, place: Place) -> Any:
    try:
        text = await sealer.unseal(value, place)
    except Spoiled:
        return DAMAGED
    return ERASED if text is None else text


def _with_texts(event: Event, paths: Sequence[Path], texts: Texts) -> dict[str, Any]:
    fields: dict[str, Any] = event.model_dump(mode="json")
    for path, text in zip(paths, texts, strict=True):
        put(fields, path, text)
    return fields
