"""What the demonstration prints: rich tables, and what held and what didn't."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rich.console import Console
from rich.panel import Panel
from rich.table import Table


@dataclass(slots=True)
class Show:
    """Prints, and remembers whether everything held."""

    console: Console
    failed: list[str] = field(default_factory=list)

    def table(self, title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        table = Table(*columns, title=title, title_justify="left", title_style="bold", expand=False)
        for row in rows:
            table.add_row(*row)
        self.console.print(table)

    def text(self, title: str, text: str) -> None:
        """A text in a frame; its brackets are not markup."""
        self.console.print(Panel(text.rstrip().replace("[", "\\["), title=title, title_align="left"))

    def holds(self, what: str, condition: object) -> None:
        """Says that something holds, or that it doesn't: then the demonstration has failed."""
        if condition:
            self.console.print(f"[green]✓[/green] {what}", highlight=False)
            return
        self.failed.append(what)
        self.console.print(f"[bold red]✗[/bold red] {what}", highlight=False)
