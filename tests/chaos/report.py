"""What happened, as a table; what is wrong, with ids."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from tests.chaos import windows
from tests.chaos.faults import Blow
from tests.chaos.reckoning import Reckoned

_WRONG_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Outcome:
    """One fault of one round: `at` is its seeded moment, seconds into the load."""

    round: int
    fault: str
    at: float
    blow: Blow
    settled_in: float
    reckoned: Reckoned


class Report:
    """Prints each fault as it is over, and at the end what was hit how often."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._outcomes: list[Outcome] = []
        self.wrong: list[str] = []

    def add(self, outcome: Outcome) -> None:
        """One more fault is over."""
        self._outcomes.append(outcome)
        self.tell(f"round {outcome.round}, {outcome.fault}", outcome.reckoned.wrong)
        hit = (
            ", ".join(f"{number} {window}" for window, number in outcome.blow.windows.items())
            or "nothing open"
        )
        verdict = "[red]WRONG[/]" if outcome.reckoned.wrong else "[green]holds[/]"
        self._console.print(
            f"{verdict} round {outcome.round}: {outcome.fault} ({outcome.blow.target}) at {outcome.at:.2f} s; "
            f"ready in {outcome.blow.back_after:.1f} s, settled in {outcome.settled_in:.1f} s; {hit}",
            highlight=False,
        )

    def tell(self, where: str, wrong: list[str]) -> None:
        """What is wrong there."""
        self.wrong += [f"{where}: {each}" for each in wrong]
        for each in wrong[:_WRONG_SHOWN]:
            self._console.print(f"  [red]{where}:[/] {each}", highlight=False, soft_wrap=True)
        if len(wrong) > _WRONG_SHOWN:
            self._console.print(f"  [red]and {len(wrong) - _WRONG_SHOWN} more[/]")

    def close(self) -> None:
        """The tables."""
        self._console.print(self._faults(), self._windows())

    def _faults(self) -> Table:
        table = Table(title="After each fault, all told so far", title_justify="left")
        table.add_column("fault")
        for name in (
            "ready s",
            "settled s",
            "contacts",
            "events",
            "repeats on the log",
            "messages",
            "reminders",
        ):
            table.add_column(name, justify="right")
        for name in ("e-mails", "outcome unknown"):
            table.add_column(name, justify="right")
        table.add_column("holds")
        for each in self._outcomes:
            counted = each.reckoned
            table.add_row(
                f"{each.round}. {each.fault}: {each.blow.target}",
                f"{each.blow.back_after:.1f}",
                f"{each.settled_in:.1f}",
                *(
                    f"{number:,}"
                    for number in (
                        counted.contacts,
                        counted.events,
                        counted.repeats.total(),
                        counted.messages,
                        counted.reminders,
                        counted.letters,
                        counted.unknown,
                    )
                ),
                "[red]no[/]" if counted.wrong else "yes",
            )
        return table

    def _windows(self) -> Table:
        kills, things = Counter[str](), Counter[str]()
        for each in self._outcomes:
            things += each.blow.windows
            kills += Counter(dict.fromkeys(each.blow.windows, 1))
        struck = sum(each.blow.kills for each in self._outcomes)
        table = Table(title=f"How often which window was hit, of {struck} kills", title_justify="left")
        table.add_column("window")
        table.add_column("kills", justify="right")
        table.add_column("things in it", justify="right")
        for window in windows.ALL:
            table.add_row(window, f"{kills[window]:,}", f"{things[window]:,}")
        return table
