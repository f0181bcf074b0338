"""Decide, evolve, initial state: one for each kind of stream."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Generic, TypeVar

C = TypeVar("C")
S = TypeVar("S")
E = TypeVar("E")


@dataclass(frozen=True, slots=True)
class Decider(Generic[C, S, E]):
    """The rules of one kind of stream.

    Attributes:
        decide: gives the events that the command leads to, none when there is nothing to do; raises `Refused`
            when the rules forbid it. Time, ids and the calendar come in on the command.
        evolve: gives the state after an event. It copies what the event says and computes no dates.
        initial: the state of a stream without events.
    """

    decide: Callable[[C, S], tuple[E, ...]]
    evolve: Callable[[S, E], S]
    initial: S

    def fold(self, events: Iterable[E]) -> S:
        return reduce(self.evolve, events, self.initial)
