"""Specs of deciders: given past events, when a command, then these events or this refusal.

```python
given(case, opened()).when(Close(...)).then(Closed(...))
given(case).when(Close(...)).refused("no-such-case")
given(case, opened(), closed()).when(Close(...)).nothing()
```
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import pytest

from shared.kit.decider import Decider, Refused

C = TypeVar("C")
S = TypeVar("S")
E = TypeVar("E")


@dataclass(frozen=True, slots=True)
class When(Generic[C, S, E]):
    """A stream with a past, and a command for it; the command runs when an outcome is asserted."""

    decider: Decider[C, S, E]
    past: tuple[E, ...]
    command: C

    def events(self) -> tuple[E, ...]:
        """What the command leads to, for assertions of one's own."""
        return self.decider.decide(self.command, self.decider.fold(self.past))

    def then(self, *expected: E) -> When[C, S, E]:
        """Exactly these events follow, and the stream can be folded with them."""
        happened = self.events()
        assert happened == expected
        self.decider.fold((*self.past, *happened))
        return self

    def then_kinds(self, *kinds: type[Any]) -> When[C, S, E]:
        """Events of exactly these types follow."""
        assert tuple(type(event) for event in self.events()) == kinds
        return self

    def nothing(self) -> When[C, S, E]:
        """The command has nothing to do."""
        assert self.events() == ()
        return self

    def state(self) -> S:
        """What the past and what follows from the command fold to."""
        return self.decider.fold((*self.past, *self.events()))

    def refused(self, code: str, citation: str | None = None) -> Refused:
        """The rules forbid it, with this code (and citation, where one is given)."""
        with pytest.raises(Refused) as caught:
            self.events()
        assert caught.value.code == code
        if citation is not None:
            assert caught.value.citation == citation
        return caught.value


@dataclass(frozen=True, slots=True)
class Given(Generic[C, S, E]):
    """A stream with a past."""

    decider: Decider[C, S, E]
    past: tuple[E, ...]

    def when(self, command: C) -> When[C, S, E]:
        """A command arrives."""
        return When(self.decider, self.past, command)

    def state(self) -> S:
        """What the past folds to."""
        return self.decider.fold(self.past)


def given(decider: Decider[C, S, E], *past: E) -> Given[C, S, E]:
    """A stream in which these events happened, oldest first."""
    return Given(decider, past)
