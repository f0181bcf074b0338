"""Every service has the same rooms, so that whoever knows one finds the way in all of them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from shared.contracts.services import SERVICES, Service

ROOT: Final = Path(__file__).parents[2]

ROOMS: Final = frozenset({"api", "application", "domain", "views", "adapters", "data", "schema"})
MODULES: Final = frozenset({"__init__.py", "main.py", "settings.py", "reactor.py", "due.py"})
REQUIRED: Final = frozenset({"__init__.py", "main.py", "settings.py", "api"})
OF_A_PUBLISHER: Final = frozenset({"domain", "application"})
OF_A_DATABASE: Final = frozenset({"views"})
DATA_STANDS_IN: Final = frozenset({"data", "schemas"})


@pytest.fixture(params=SERVICES, ids=lambda each: each.name)
def service(request: pytest.FixtureRequest) -> Service:
    """Each service."""
    found: Service = request.param
    return found


def _room(service: Service) -> Path:
    return ROOT / "services" / service.name


def _within(folder: Path) -> Iterator[Path]:
    """What lies in a folder, without what Python leaves there and in folders that are gone."""
    if folder.is_dir():
        yield from sorted(path for path in folder.iterdir() if path.name != "__pycache__" and _holds(path))


def _holds(path: Path) -> bool:
    return not path.is_dir() or any(each.name != "__pycache__" for each in path.iterdir())


def _everything(folder: Path) -> Iterator[Path]:
    for path in _within(folder):
        yield path
        if path.is_dir():
            yield from _everything(path)


def _folders(folder: Path) -> Iterator[Path]:
    yield from (path for path in _within(folder) if path.is_dir())


def _named(paths: Iterator[Path]) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths]


def test_the_services_are_those_of_the_list() -> None:
    assert {path.name for path in _folders(ROOT / "services")} == {each.name for each in SERVICES}


def test_a_service_has_the_rooms_of_the_skeleton_and_no_others(service: Service) -> None:
    here = {path.name for path in _within(_room(service))}
    required = (
        REQUIRED
        | (OF_A_PUBLISHER if service.publishes else frozenset())
        | (OF_A_DATABASE if service.database else frozenset())
    )
    assert (sorted(here - ROOMS - MODULES), sorted(required - here)) == ([], [])


def test_a_service_that_reacts_does_what_it_owes(service: Service) -> None:
    """`reactor` says which commands an event makes due; `due` gives them. One without the other does nothing."""
    assert (_room(service) / "reactor.py").exists() == (_room(service) / "due.py").exists()


def test_a_room_is_a_package(service: Service) -> None:
    packages = (folder for folder in _folders(_room(service)) if folder.name != "schema")
    assert _named(folder for folder in packages if not (folder / "__init__.py").exists()) == []


def test_who_decides_something_has_a_folder_for_each_stream(service: Service) -> None:
    assert bool(list(_folders(_room(service) / "domain"))) == service.publishes


def test_a_stream_has_its_state_how_it_evolves_and_its_slices(service: Service) -> None:
    lacking = []
    for stream in _folders(_room(service) / "domain"):
        modules = {path.stem for path in stream.glob("*.py")}
        slices = modules - {"__init__", "state", "evolve", "given", "command", "checks"}
        if not (_functions(stream) & {"evolve"} and "state" in modules and slices) or list(_folders(stream)):
            lacking.append(stream)
    assert _named(iter(lacking)) == []


def _functions(folder: Path) -> set[str]:
    trees = (ast.parse(path.read_text("utf-8")) for path in folder.glob("*.py"))
    return {node.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_the_domain_is_python_alone(service: Service) -> None:
    files = (path for path in _everything(_room(service) / "domain") if path.is_file())
    assert _named(path for path in files if path.suffix != ".py") == []


def test_a_view_is_a_folder_with_its_fold(service: Service) -> None:
    views = _room(service) / "views"
    assert _named(view for view in _folders(views) if not (view / "fold.py").exists()) == []


def test_sql_stands_with_its_view_in_a_schema_or_in_a_folder_of_its_own(service: Service) -> None:
    files = (path.relative_to(_room(service)) for path in _everything(_room(service)))
    loose = [
        str(path)
        for path in files
        if path.suffix == ".sql"
        and path.parent.name not in {"sql", "schema", "data"}
        and not (path.parts[0] == "views" and len(path.parts) == len(("views", "<view>", "a.sql")))
    ]
    assert loose == []


def test_words_pages_and_tables_stand_in_data(service: Service) -> None:
    loose = (
        path
        for path in _everything(_room(service))
        if path.is_file()
        and path.suffix not in {".py", ".sql"}
        and not DATA_STANDS_IN & set(path.relative_to(_room(service)).parts[:-1])
    )
    assert _named(loose) == []


def test_what_a_class_depends_on_is_not_called_a_desk(service: Service) -> None:
    desks = [
        f"{path.relative_to(ROOT)}: {node.name}"
        for path in _everything(_room(service))
        if path.suffix == ".py"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef) and node.name.endswith("Desk")
    ]
    assert desks == []
