"""A row of the table: what was measured, the budget, and whether it is met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Goal:
    """A number with its budget.

    Attributes:
        of: what it is, such as `p99`.
        budget: the least that is good, or the most where `at_most`.
        measured: in the same unit.
        unit: `/s`, `ms`, `s`, `MB` or `x`, a ratio.
    """

    of: str
    budget: float
    measured: float
    unit: str
    at_most: bool = False

    @property
    def met(self) -> bool:
        """Whether the measured number is good enough."""
        return self.measured <= self.budget if self.at_most else self.measured >= self.budget

    @property
    def off(self) -> float:
        """By how much it isn't met, as a share of the budget; 0 where it is."""
        return 0.0 if self.met else abs(self.measured - self.budget) / self.budget


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    Attributes:
        beside: the ceiling or the peer that was measured in the same run.
        notes: what else was seen, and how it was measured.
        others: the share of the processors that other programs had meanwhile, where that is known.
    """

    what: str
    goals: tuple[Goal, ...]
    beside: str = ""
    notes: tuple[str, ...] = ()
    others: float | None = None


def percentile(values: Sequence[float], share: float) -> float:
    """The value that so large a share of them doesn't exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def amount(number: float, unit: str) -> str:
    """As in `12,345/s`, `4.2 ms` or `0.83 x`."""
    if unit == "x":
        return f"{number:.2f} x"
    shown = f"{number:,.0f}" if number >= 100 else f"{number:.1f}"
    return f"{shown}{unit}" if unit == "/s" else f"{shown} {unit}"
