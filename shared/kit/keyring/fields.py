"""Walking through an event's nested models, tuples and mappings to its personal fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import reduce
from typing import Any, TypeVar, cast

from pydantic import BaseModel

T = TypeVar("T")
M = TypeVar("M", bound=BaseModel)
Path = tuple[str | int, ...]
"""Where a value stands: field names, mapping keys, and positions from 0."""


def field_name(path: Path) -> str:
    """As it stands in a sealed value: `customer.name`, `attachments.0.name`."""
    return ".".join(map(str, path))


def find(value: object, kind: type[T], path: Path = ()) -> Iterator[tuple[Path, T]]:
    """Every value of that kind in a model, in the order of its fields."""
    if isinstance(value, kind):
        yield path, value
        return
    for name, inner in _inside(value):
        yield from find(inner, kind, (*path, name))


def replace(model: M, kind: type[T], new: Callable[[Path], object]) -> M:
    """The model with every value of that kind replaced; what holds none is shared, not copied."""
    result: M = _replace(model, kind, new, ())
    return result


def put(fields: dict[str, Any], path: Path, value: object) -> None:
    """Writes a value to where it stands in a model's JSON."""
    place = reduce(lambda outer, step: outer[step], path[:-1], cast("Any", fields))
    place[path[-1]] = value


def _inside(value: object) -> Iterator[tuple[str | int, object]]:
    if isinstance(value, BaseModel):
        yield from value.__dict__.items()
    elif isinstance(value, (tuple, list)):
        yield from enumerate(value)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield str(key), inner


def _replace(value: Any, kind: type[T], new: Callable[[Path], object], path: Path) -> Any:
    if isinstance(value, kind):
        return new(path)
    changed: dict[str | int, Any] = {}
    for name, inner in _inside(value):
        outer = _replace(inner, kind, new, (*path, name))
        if outer is not inner:
            changed[name] = outer
    if not changed:
        return value
    if isinstance(value, BaseModel):
        return value.model_copy(update={str(name): inner for name, inner in changed.items()})
    if isinstance(value, dict):
        return {key: changed.get(str(key), inner) for key, inner in value.items()}
    return type(value)(changed.get(position, inner) for position, inner in enumerate(value))
