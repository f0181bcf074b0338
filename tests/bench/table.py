"""The table, as it is printed."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.table import Table

from tests.bench.row import Goal, Row, amount


def show(console: Console, rows: list[Row], caption: str) -> None:
    """Prints the rows and, below them, what was seen beside the numbers."""
    table = Table(
        title="Budgets", title_justify="left", caption=caption, caption_justify="left", box=box.SIMPLE
    )
    for name in ("what", "budget", "measured", "beside it, in the same run", "others had", "met"):
        table.add_column(name, no_wrap=name in ("budget", "measured", "met"))
    for row in rows:
        table.add_row(
            row.what,
            "\n".join(_budget(goal) for goal in row.goals),
            "\n".join(amount(goal.measured, goal.unit) for goal in row.goals),
            row.beside,
            "" if row.others is None else f"{row.others:.0%}",
            "\n".join(_verdict(goal) for goal in row.goals),
        )
    console.print(table)
    for row in rows:
        for note in row.notes:
            console.print(f"{row.what}: {note}", highlight=False, markup=False)


def _budget(goal: Goal) -> str:
    return f"{goal.of} {'at most' if goal.at_most else 'at least'} {amount(goal.budget, goal.unit)}".strip()


def _verdict(goal: Goal) -> str:
    if goal.met:
        return "[green]yes[/green]"
    how = "over" if goal.at_most else "short"
    return f"[red]no, {goal.off:.0%} {how}[/red]"
