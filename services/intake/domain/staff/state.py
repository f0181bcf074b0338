"""A person of staff as the rules see them, and what several rules ask."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, TypeVar

from shared.casework.staff.facts import StaffFacts
from shared.casework.staff.facts import evolve as evolve_facts
from shared.casework.staff.terms import Term
from shared.contracts.intake import PersonErased, PersonEvent
from shared.contracts.staff import StaffEvent, StaffRegistered
from shared.kit.decider import Refused

T = TypeVar("T", bound=Term)
StreamEvent = StaffEvent | PersonEvent
"""Every event of a `person-<uuid>` stream."""
Events = tuple[StreamEvent, ...]


@dataclass(frozen=True, slots=True)
class StaffState:
    """`facts` are those of somebody who was registered, whether or not they have left since."""

    facts: StaffFacts | None = None
    erased: bool = False

    def of_staff(self, day: date) -> StaffFacts:
        """The facts of somebody who works here that day.

        Raises:
            Refused: `not-staff`.
        """
        if self.facts is None:
            raise Refused("not-staff", "There is no such person of staff: register them first.")
        if not self.facts.works_on(day):
            raise Refused("not-staff", "They have left by then: register them again first.")
        return self.facts


INITIAL: Final = StaffState()


def evolve(state: StaffState, event: StreamEvent) -> StaffState:
    match event:
        case PersonErased():
            return replace(state, erased=True)
        case StaffRegistered():
            facts = state.facts or StaffFacts(person_id=event.person_id)
            return replace(state, facts=evolve_facts(facts, event))
        case _:
            return state if state.facts is None else replace(state, facts=evolve_facts(state.facts, event))


def begun(
    state: StaffState,
    wanted: T,
    alike: Callable[[StaffFacts], Iterable[T]],
    event: StreamEvent,
    taken: Refused,
) -> Events:
    """The event that a term begins with, unless exactly that is recorded. `alike` are those about the same thing.

    Raises:
        Refused: it ends before it begins, they aren't of the staff, or (`taken`) another covers some of its days.
    """
    if wanted.until_on is not None and wanted.until_on < wanted.from_on:
        raise Refused("ends-before-it-begins", "The last day is before the first: turn them round.")
    for term in alike(state.of_staff(wanted.from_on)):
        if term == wanted:
            return ()
        if term.overlaps(wanted.from_on, wanted.until_on):
            raise taken
    return (event,)


def ended(
    state: StaffState,
    on: date,
    alike: Callable[[StaffFacts], Iterable[Term]],
    event: StreamEvent,
    none: Refused,
) -> Events:
    """The event that a term ends with, unless none of those about the same thing would hold that day or later.

    Raises:
        Refused: they aren't of the staff, or (`none`) there was never such a term.
    """
    found = list(alike(state.of_staff(on)))
    if not found:
        raise none
    return (event,) if any(term.reaches(on) for term in found) else ()
