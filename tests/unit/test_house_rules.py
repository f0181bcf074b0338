"""Rules of the code base that no linter knows."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES = sorted(
    path for folder in ("services", "shared", "deploy") for path in (ROOT / folder).rglob("*.py")
)


def _trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in SOURCES:
        yield path.relative_to(ROOT), ast.parse(path.read_text("utf-8"))


def docstrings(tree: ast.Module) -> set[int]:
    """What is said in a module about its code, by identity."""
    return {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def test_nothing_publishes_a_batch_that_ignores_its_keys() -> None:
    used = [
        f"{path}:{node.lineno}"
        for path, tree in _trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "publish_batch"
    ]
    assert used == []


AGAINST_CONTENTION = Path("shared/kit/eventstore/handling.py")
"""It keeps writers of one stream apart: a few milliseconds by chance, a few times."""


def test_what_fails_for_a_while_is_tried_again_in_one_form() -> None:
    """A sleep after a failure is a loop of one's own: `shared.kit.tries` has the pauses."""
    by_hand = [
        f"{path}:{node.lineno}"
        for path, tree in _trees()
        if path != AGAINST_CONTENTION
        for handler in ast.walk(tree)
        if isinstance(handler, ast.ExceptHandler)
        for node in ast.walk(handler)
        if isinstance(node, ast.Attribute) and node.attr == "sleep"
    ]
    assert by_hand == []


def test_no_folder_or_module_has_a_name_that_says_nothing() -> None:
    empty = {"utils", "util", "helpers", "helper", "manager", "common", "misc"}
    assert [str(path) for path in SOURCES if empty & {part.removesuffix(".py") for part in path.parts}] == []


STATEMENT = re.compile(
    r"\s*(SELECT\b.*\bFROM\b|WITH\b.*\bAS \(|INSERT INTO\b|UPDATE\b.*\bSET\b|DELETE FROM\b)", re.DOTALL
)

FOR_ANY_TABLE = {
    Path("shared/kit/log/subscriber/rebuilding/comparing.py"),
    Path("shared/kit/log/subscriber/views/row_sql.py"),
}
"""Their statements are made for the tables that they are given: names can't be parameters."""


def test_sql_stands_in_sql_files() -> None:
    statements = [
        f"{path}:{node.lineno}: {node.value[:40]!r}"
        for path, tree in _trees()
        if path not in FOR_ANY_TABLE
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and STATEMENT.match(node.value)
        and id(node) not in docstrings(tree)
    ]
    assert statements == []


def test_every_statement_that_is_named_has_its_file_and_every_file_is_named() -> None:
    named: dict[Path, set[str]] = {}
    for path, tree in _trees():
        text = ast.unparse(tree)
        for package in re.findall(r"_SQL: Final = sql\.Statements\((.*)\)", text):
            folder = path.parent if package == "__package__" else Path(*package.strip("'").split("."))
            named.setdefault(folder / "sql", set()).update(re.findall(r"\b_SQL\.(\w+)", text))
    assert {folder: {file.stem for file in (ROOT / folder).glob("*.sql")} for folder in named} == named


def test_nobody_imports_the_inside_of_the_kit() -> None:
    """A room of the kit is met at its face, `shared.kit.<room>`; only the room itself knows what is behind."""
    deep = [
        f"{path}:{node.lineno}: {node.module}"
        for path, tree in _trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and node.module is not None
        and (parts := node.module.split("."))[:2] == ["shared", "kit"]
        and len(parts) > 3
        and path.parts[:3] != tuple(parts[:3])
    ]
    assert deep == []
