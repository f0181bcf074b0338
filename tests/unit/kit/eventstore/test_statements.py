"""The two forms of the append differ in nothing but the due row."""

from __future__ import annotations

import difflib

from shared.kit.eventstore import statements


def _code(sql: str) -> list[str]:
    return [line.strip() for line in sql.splitlines() if line.strip() and not line.startswith("--")]


def test_an_append_that_does_a_due_row_differs_only_by_its_deletion() -> None:
    difference = [
        line
        for line in difflib.ndiff(_code(statements.APPEND), _code(statements.APPEND_DONE))
        if not line.startswith(("  ", "?"))
    ]
    assert difference == [
        "+ done AS (",
        "+ DELETE FROM public.due_work",
        "+ USING verdict",
        "+ WHERE due_work.id = $21::uuid AND verdict.expected AND verdict.settled",
        "+ ),",
    ]
