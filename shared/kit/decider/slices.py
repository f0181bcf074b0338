"""One feature of a stream in one place: its command, what the command may take now, and what follows from it.

So what is offered and what is accepted can't disagree: the decider asks `may` before it decides, and `offers` asks the
same `may` for people who want to know what they can do; or, where the rule lies in the values themselves, tries them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Generic, TypeVar

from shared.kit.decider.command import Command
from shared.kit.decider.decider import Decider
from shared.kit.decider.refusal import Refused

C = TypeVar("C", bound=Command)
S = TypeVar("S")
G = TypeVar("G")
E = TypeVar("E")


@dataclass(frozen=True, slots=True)
class Choice:
    """Values that a command takes together, by field; a field that isn't named takes what its type allows.

    `hints` help whoever chooses (the latest day, what must be said, the rule that says so); they are no values.
    """

    values: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    hints: Mapping[str, Any] = field(default_factory=dict)


Choices = tuple[Choice, ...]
ANYTHING: Choices = (Choice(),)
"""The command is taken as it is typed."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A command with the choices that it has now, or with the reason for which it is refused."""

    verb: str
    choices: Choices = ()
    refused: Refused | None = None


def _always(_state: Any, _given: Any) -> Choices:
    return ANYTHING


@dataclass(frozen=True, slots=True)
class Slice(Generic[C, S, G, E]):
    """One feature of a stream.

    Attributes:
        command: what it is asked by.
        decide: the events that follow, from the command, the state and what is given (the time, who asks, the rules);
            raises `Refused`.
        may: the choices that there are now; raises `Refused` where there are none. Asked before `decide`.
        tries: instead of `may`, where only `decide` can say: choices, each with a command that makes it. Those that
            are accepted are offered; where none is, the first refusal says why. Raises `Refused` where there is
            nothing to try, and says so itself.
    """

    command: type[C]
    decide: Callable[[C, S, G], tuple[E, ...]]
    may: Callable[[S, G], Choices] = _always
    tries: Callable[[S, G], Iterable[tuple[Choice, C]]] | None = None

    def offer(self, state: S, given: G) -> Offer:
        """The command with its choices, or with why not."""
        try:
            choices = self.may(state, given) if self.tries is None else self._accepted(state, given)
        except Refused as refused:
            return Offer(self.command.verb, refused=refused)
        return Offer(self.command.verb, choices)

    def _accepted(self, state: S, given: G) -> Choices:
        accepted: list[Choice] = []
        refusals: list[Refused] = []
        for choice, command in self.tries(state, given) if self.tries is not None else ():
            try:
                self.decide(command, state, given)
            except Refused as refused:
                refusals.append(refused)
            else:
                accepted.append(choice)
        if not accepted:
            assert refusals, f"{self.command.verb}: with nothing to try, `tries` raises Refused"
            raise refusals[0]
        return tuple(accepted)


AnySlice = Slice[Any, S, G, E]


def decider(
    slices: Sequence[AnySlice[S, G, E]], evolve: Callable[[S, E], S], initial: S, given: G
) -> Decider[Command, S, E]:
    """The rules of a stream that has these features, under these circumstances.

    Raises:
        KeyError: when a command is decided that is none of these.
    """
    return Decider(partial(_decide, {each.command: each for each in slices}, given), evolve, initial)


def _decide(
    slices: Mapping[type[Command], AnySlice[S, G, E]], given: G, command: Command, state: S
) -> tuple[E, ...]:
    found = slices[type(command)]
    found.may(state, given)
    return found.decide(command, state, given)


def offers(slices: Sequence[AnySlice[S, G, E]], state: S, given: G) -> tuple[Offer, ...]:
    """Every feature with its choices or the reason against it, in their order."""
    return tuple(each.offer(state, given) for each in slices)


def chosen(value: Any, choices: Choices, name: str, code: str) -> None:
    """A value out of those that are offered now for that field.

    Raises:
        Refused: `code`; it isn't offered.
    """
    offered = [each for choice in choices for each in choice.values.get(name, ())]
    if value not in offered:
        others = ", ".join(map(str, offered)) or "nothing"
        raise Refused(code, f"The {name.replace('_', ' ')} {value!r} can't be chosen now; {others} can.")
