"""Prints every clock of every regime as a Markdown table: `python -m shared.rules.regimes.table`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping

from shared.rules.regimes.arithmetic import ARITHMETICS
from shared.rules.regimes.loading import load_regimes
from shared.rules.regimes.rules import Clock, Regime

HEAD = ("regime", "clock", "role", "counts from", "length", "arithmetic", "pause", "citation")


def table(regimes: Mapping[str, Regime]) -> str:
    """The table of `docs/reference/dates.md`, a row a clock."""
    rows = [_row(regime, clock) for regime in regimes.values() for clock in regime.clocks]
    return "\n".join([_line(HEAD), _line("---" for _ in HEAD), *map(_line, rows)])


def _row(regime: Regime, clock: Clock) -> tuple[str, ...]:
    pause = regime.pause_of(clock.name)
    in_force = f" (received from {clock.in_force})" if clock.in_force else ""
    return (
        regime.name,
        clock.name,
        clock.role.value,
        " or ".join(map(str, clock.base)),
        f"{clock.length} {ARITHMETICS[clock.arithmetic].unit.removesuffix('s' if clock.length == 1 else '')}",
        clock.arithmetic + (", a date in the letter prevails" if clock.given_date else ""),
        ""
        if pause is None
        else pause.name + (f" (received from {pause.in_force})" if pause.in_force else ""),
        clock.citation + in_force,
    )


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.stdout.write(table(load_regimes()) + "\n")
