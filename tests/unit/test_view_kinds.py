"""A view is given every event that its fold looks at: `kinds` says again what `evolve` matches."""

from __future__ import annotations

import ast
import importlib
import inspect
from collections.abc import Callable, Iterator
from typing import Any, get_args

import pytest

from shared.casework.staff import STAFF
from shared.contracts.services import WITH_DATABASE
from shared.kit.events import Event
from shared.kit.log import RowView

VIEWS = {
    (service, view.name): view
    for service in WITH_DATABASE
    for view in (*importlib.import_module(f"services.{service}.main").VIEWS, STAFF)
    if isinstance(view, RowView)
}


def looked_at(evolve: Callable[..., Any]) -> set[type[Event]]:
    """The events that the function, and those of its module that it calls, match or ask for."""
    module = inspect.getmodule(evolve)
    functions = {
        node.name: node
        for node in ast.walk(ast.parse(inspect.getsource(module or evolve)))
        if isinstance(node, ast.FunctionDef)
    }
    waiting, seen, found = [evolve.__name__], set[str](), set[type[Event]]()
    while waiting:
        name = waiting.pop()
        seen.add(name)
        for node in ast.walk(functions[name]):
            if isinstance(node, ast.Name) and node.id in functions and node.id not in seen:
                waiting.append(node.id)
            for kind in _asked_for(node):
                value = eval(ast.unparse(kind), vars(module))
                found |= {each for each in get_args(value) or (value,) if issubclass(each, Event)}
    return found - {Event}


def _asked_for(node: ast.AST) -> Iterator[ast.expr]:
    match node:
        case ast.MatchClass(cls=kind) | ast.Call(func=ast.Name("isinstance"), args=[_, kind]):
            yield kind


@pytest.mark.parametrize("view", VIEWS.values(), ids=map("-".join, VIEWS))
def test_a_view_is_given_the_events_that_its_fold_looks_at(view: RowView[Any]) -> None:
    assert looked_at(view._evolve) - set(view._kinds) == set()
