"""Wire names, and how an old version becomes the newest before anyone else sees it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from shared.kit.events.model import Event, UnknownEvent

Upcaster = Callable[[dict[str, Any]], dict[str, Any]]
E = TypeVar("E", bound=Event)

_models: dict[str, type[Event]] = {}
_upcasters: dict[str, tuple[str, Upcaster]] = {}


def event(wire_name: str) -> Callable[[type[E]], type[E]]:
    """Registers a model as the newest version of its type under its explicit wire name.

    Raises:
        ValueError: the wire name is taken.
    """

    def register(model: type[E]) -> type[E]:
        if wire_name in _models or wire_name in _upcasters:
            raise ValueError(f"{wire_name} names an event already")
        model.wire_name = wire_name
        _models[wire_name] = model
        return model

    return register


def upcast(old: str, to: str) -> Callable[[Upcaster], Upcaster]:
    """Registers how the JSON of an older wire name becomes that of the next; chains run to the newest.

    Raises:
        ValueError: `old` is a current type or has an upcaster already.
    """

    def register(step: Upcaster) -> Upcaster:
        if old in _models or old in _upcasters:
            raise ValueError(f"{old} is current or upcast already")
        _upcasters[old] = (to, step)
        return step

    return register


def models() -> Mapping[str, type[Event]]:
    return dict(sorted(_models.items()))


def read(wire_name: str, data: dict[str, Any]) -> Event | UnknownEvent:
    """The newest form of an event from its stored JSON; `UnknownEvent` for a type never heard of.

    Raises:
        pydantic.ValidationError: the data doesn't fit its type.
    """
    while wire_name in _upcasters:
        wire_name, step = _upcasters[wire_name]
        data = step(data)
    model = _models.get(wire_name)
    if model is None:
        return UnknownEvent(wire_name_seen=wire_name)
    return model.model_validate(data)


def read_json(wire_name: str, state: bytes) -> Event | UnknownEvent:
    """As `read`, from bytes; the quick way for a current type.

    Raises:
        pydantic.ValidationError: the bytes aren't JSON or don't fit.
        ValueError: the bytes of an old version aren't JSON.
    """
    model = _models.get(wire_name)
    if model is not None:
        return model.model_validate_json(state)
    if wire_name not in _upcasters:
        return UnknownEvent(wire_name_seen=wire_name)
    import json

    return read(wire_name, json.loads(state))
