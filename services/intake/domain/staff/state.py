"""A person of staff as the rules see them, and what several rules ask."""

from __future__ import annotations

from collections.abc import Iterable
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
    """The state after an event."""
    match event:
        case PersonErased():
            return replace(state, erased=True)
        case StaffRegistered():
            facts = state.facts or StaffFacts(person_id=event.person_id)
            return replace(state, facts=evolve_facts(facts, event))
        case _:
            return state if state.facts is None else replace(state, facts=evolve_facts(state.facts, event))


def check_days(from_on: date, until_on: date | None) -> None:
    """Refuses an end before the beginning.

    Raises:
        Refused: `ends-before-it-begins`.
    """
    if until_on is not None and until_on < from_on:
        raise Refused("ends-before-it-begins", "The last day is before the first: turn them round.")


def is_known(terms: Iterable[T], wanted: T, taken: Refused) -> bool:
    """Whether exactly this term is recorded, of those about the same thing.

    Raises:
        Refused: `taken`, where another one covers some of its days.
    """
    for term in terms:
        if term == wanted:
            return True
        if term.overlaps(wanted.from_on, wanted.until_on):
            raise taken
    return False


def goes_on(terms: Iterable[Term], on: date, none: Refused) -> bool:
    """Whether one of these terms, which are about the same thing, would hold on that day or later.

    Raises:
        Refused: `none`, where there is no such term at all.
    """
    found = list(terms)
    if not found:
        raise none
    return any(term.reaches(on) for term in found)
