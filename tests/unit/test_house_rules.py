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


THE_TIME = {"today", "now", "utcnow", "time", "monotonic", "tomorrow", "yesterday"}


def test_no_module_takes_the_time_while_it_is_imported() -> None:
    """It would stay that day while the process, or a run of tests, goes on into the next."""
    tests = sorted((ROOT / "tests").rglob("*.py"))
    taken = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {ast.unparse(node)}"
        for path in (*SOURCES, *tests)
        for node in _calls_on_import(ast.parse(path.read_text("utf-8")))
        if ast.unparse(node.func).rpartition(".")[2] in THE_TIME
    ]
    assert taken == []


def _calls_on_import(node: ast.AST) -> Iterator[ast.Call]:
    """Every call in what a module, its classes and its defaults say, but for the bodies of functions."""
    if isinstance(node, ast.Call):
        yield node
    inside: Iterator[ast.AST] | list[ast.expr] = ast.iter_child_nodes(node)
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        defaults = [*node.args.defaults, *(each for each in node.args.kw_defaults if each is not None)]
        inside = [*node.decorator_list, *defaults]
    elif isinstance(node, ast.Lambda):
        inside = list(node.args.defaults)
    for each in inside:
        yield from _calls_on_import(each)


OF_THIRD_PARTIES = {Path("shared/kit/runtime/logs.py"), Path("shared/kit/log/noise.py")}
"""They say where every line goes, and how much the libraries may write: those have `logging`."""


def test_lines_are_logged_by_structlog_alone() -> None:
    """What differs from line to line goes beside its text, as fields by which lines can be found."""
    others = [
        f"{path}: {name}"
        for path, tree in _trees()
        if path not in OF_THIRD_PARTIES
        for node in ast.walk(tree)
        for name in _imported(node)
        if name.split(".")[0] in {"logging", "loguru"}
    ]
    assert others == []


def test_a_logger_has_one_name_and_each_line_one_text() -> None:
    made = [
        f"{path}:{node.lineno}"
        for path, tree in _trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and ast.unparse(node.value).startswith("structlog.get_logger")
        and ast.unparse(node) != "_log = structlog.get_logger(__name__)"
    ]
    said = [
        f"{path}:{node.lineno}: {ast.unparse(node)}"
        for path, tree in _trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).startswith("_log.")
        and [type(each) for each in node.args] != [ast.Constant]
    ]
    assert made + said == []


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [each.name for each in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []


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
